package io.github.djlctc.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * How a file lists the classes of a CTC model. {@link Alphabet#read(Path)} recognises the first
 * six; the others have the content of one of these, and must be named.
 */
public enum VocabularyFormat {
    /** What {@link Alphabet#toJson} gives: everything of an alphabet. */
    ALPHABET_JSON,

    /**
     * A token a line, in the order of the ids. The blank is the first of {@code <blank>}, {@code
     * <blk>}, {@code <ctc_blank>}, {@code <eps>}, {@code <pad>} and {@code [PAD]}, in any case,
     * that the file has, or else the first line, if it is in angles or brackets and not named as
     * something else, such as {@code <unk>} or {@code <space>}, or if it is one of {@code - _ ~ ^ *
     * ∅ ε}. In the order of fairseq, {@code <s>}, {@code <pad>}, {@code </s>}, {@code <unk>}, it is
     * {@code <s>}.
     */
    TOKEN_LIST,

    /**
     * A token, spaces or a tab, and its id on every line, in any order: {@code tokens.txt} of k2
     * and sherpa, {@code units.txt} of WeNet. The blank is found as in {@link #TOKEN_LIST}.
     */
    TOKEN_TABLE,

    /**
     * {@code vocab.json} of Hugging Face: an object from token to id. The blank is the first of
     * {@code <pad>}, {@code [PAD]}, {@code <blank>}, {@code <blk>} and {@code <ctc_blank>}.
     */
    VOCAB_JSON,

    /**
     * {@code tokenizer.json} of Hugging Face: an object whose {@code model.vocab} maps tokens to
     * ids, or lists pieces with scores, with {@code added_tokens}. The blank is the {@code
     * pad_token} of a CTC decoder, or else found as in {@link #VOCAB_JSON}.
     */
    TOKENIZER_JSON,

    /**
     * SentencePiece's {@code .vocab}: a piece, a tab and its score on each line. SentencePiece has
     * no blank; unless a piece is named like one, it is one more class behind all pieces, as NeMo
     * has it.
     */
    SENTENCEPIECE,

    /**
     * Tokens or pieces in NeMo's order: those of a token list or of SentencePiece's {@code .vocab},
     * and the blank as one more class behind them. Padding, such as {@code [PAD]}, is not the
     * blank.
     */
    NEMO,

    /**
     * PaddleOCR's keys: a character a line, and the blank as one more class before them. For models
     * trained with {@code use_space_char: false}.
     */
    PADDLEOCR,

    /** {@link #PADDLEOCR} with a space as one more class behind the characters, as is usual. */
    PADDLEOCR_SPACE,

    /**
     * fairseq's {@code dict.txt}: a token and its count on each line, before which {@code <s>}, the
     * blank, {@code <pad>}, {@code </s>} and {@code <unk>} are classes.
     */
    FAIRSEQ_DICT;

    /**
     * Recognises the format of a file by its content.
     *
     * @param file UTF-8, at most 64 MiB
     * @return one of the formats that {@link Alphabet#read(Path)} recognises; also of damaged files
     * @throws AlphabetFormatException if the file is too large or not UTF-8, or its name ends in
     *     {@code .json} and it holds no object of JSON
     * @throws IOException if the file cannot be read
     */
    public static VocabularyFormat of(Path file) throws IOException {
        return VocabularyText.read(file).format();
    }

    /** Returns whether a file that looks like one format may be of this one. */
    boolean mayLookLike(VocabularyFormat recognised) {
        return switch (this) {
            case NEMO -> Set.of(TOKEN_LIST, SENTENCEPIECE).contains(recognised);
            case PADDLEOCR, PADDLEOCR_SPACE -> recognised == TOKEN_LIST;
            case FAIRSEQ_DICT -> recognised == TOKEN_TABLE;
            default -> this == recognised;
        };
    }
}
