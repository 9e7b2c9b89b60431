package io.github.djlctc.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Small files of each kind, as the toolkits write them. */
class VocabularyFormatTest {

    /** wav2vec2 of Hugging Face, as the tokenizers library saves it. */
    private static final String TOKENIZER =
            """
            {
              "version": "1.0",
              "truncation": null,
              "padding": null,
              "added_tokens": [
                {"id": 0, "content": "<pad>", "single_word": false, "special": true},
                {"id": 5, "content": "<s>", "single_word": false, "special": true},
                {"id": 6, "content": "[laugh]", "single_word": false, "special": true}
              ],
              "normalizer": null,
              "pre_tokenizer": {"type": "Split", "pattern": {"Regex": ""}, "behavior": "Isolated"},
              "post_processor": null,
              "decoder": {
                "type": "CTC",
                "pad_token": "<pad>",
                "word_delimiter_token": "|",
                "cleanup": true
              },
              "model": {
                "type": "WordLevel",
                "vocab": {"<pad>": 0, "<unk>": 1, "|": 2, "E": 3, "T": 4},
                "unk_token": "<unk>"
              }
            }
            """;

    /** A unigram model of SentencePiece. */
    private static final String PIECES =
            "<unk>\t0\n<s>\t0\n</s>\t0\n\u2581the\t-3.2\ns\t-3.5\n\u2581\t-4.25\n";

    /** A BPE model of SentencePiece, whose scores are ranks. */
    private static final String BPE = "<unk>\t0\n\u2581t\t-0\nhe\t-1\n\u2581a\t-2\n";

    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("vocabulary"), text);
    }

    private Path lines(String lines) throws IOException {
        return file(lines.replace(';', '\n') + "\n");
    }

    @Test
    void contentTellsFormatsApart() throws IOException {
        assertThat(VocabularyFormat.of(file(TOKENIZER))).isEqualTo(VocabularyFormat.TOKENIZER_JSON);
        assertThat(VocabularyFormat.of(file(PIECES))).isEqualTo(VocabularyFormat.SENTENCEPIECE);
        assertThat(VocabularyFormat.of(file(BPE))).isEqualTo(VocabularyFormat.SENTENCEPIECE);
        assertThat(VocabularyFormat.of(file("{\n  \"a\": 0,\n  \"<pad>\": 1\n}\n")))
                .isEqualTo(VocabularyFormat.VOCAB_JSON);
        assertThat(VocabularyFormat.of(file(Alphabet.ofCharacters("ab").toJson())))
                .isEqualTo(VocabularyFormat.ALPHABET_JSON);
        assertThat(VocabularyFormat.of(lines("<blk> 0;a 1;b 2")))
                .isEqualTo(VocabularyFormat.TOKEN_TABLE);
        assertThat(VocabularyFormat.of(lines("<blk>;a;b"))).isEqualTo(VocabularyFormat.TOKEN_LIST);
        assertThat(VocabularyFormat.of(lines("{;\";|;:;}"))).isEqualTo(VocabularyFormat.TOKEN_LIST);
        assertThat(VocabularyFormat.of(lines("{;};a"))).isEqualTo(VocabularyFormat.TOKEN_LIST);
    }

    @Test
    void aTokenizerJsonTellsBlankDelimiterAndSpecialTokens() throws IOException {
        Alphabet alphabet = Alphabet.read(file(TOKENIZER));
        assertThat(alphabet.tokens())
                .containsExactly("<pad>", "<unk>", "|", "E", "T", "<s>", "[laugh]");
        assertThat(alphabet.blank()).isZero();
        assertThat(alphabet.wordDelimiter()).hasValue(2);
        assertThat(alphabet.decode(new int[] {5, 4, 6, 1, 2, 3, 0})).isEqualTo("T E");
    }

    @Test
    void theBlankOfATokenizerJsonIsNotAlwaysCalledPad() throws IOException {
        String other = TOKENIZER.replace("<pad>", "_").replace("word_delimiter_token", "other");
        Alphabet alphabet = Alphabet.read(file(other));
        assertThat(alphabet.token(alphabet.blank())).isEqualTo("_");
        assertThat(alphabet.wordDelimiter()).as("by its usual name").hasValue(2);
    }

    /** A unigram model, as the tokenizers library saves SentencePiece's. */
    @Test
    void aTokenizerJsonMayListPieces() throws IOException {
        Alphabet alphabet =
                Alphabet.read(
                        file(
                                """
                                {"added_tokens": [{"id": 3, "content": "<pad>", "special": true}],
                                 "decoder": {"type": "Metaspace", "replacement": "\u2581"},
                                 "model": {"type": "Unigram", "unk_id": 0, "vocab":
                                   [["<unk>", 0.0], ["\u2581the", -3.2], ["s", -3.5]]}}
                                """));
        assertThat(alphabet.tokens()).containsExactly("<unk>", "\u2581the", "s", "<pad>");
        assertThat(alphabet.blank()).isEqualTo(3);
        assertThat(alphabet.decode(new int[] {1, 2, 0, 1})).isEqualTo("thes the");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"model\": {\"type\": \"WordLevel\"}}~its model has no vocab",
                "{\"model\": {\"vocab\": {\"<pad>\": 0, \"a\": 2}}}~the id of the key \"a\" is 2",
                "{\"model\": {\"vocab\": {\"a\": 0, \"b\": 1}}}~it has no blank, which is one of",
                "{\"model\": {\"vocab\": {\"<pad>\": 0, \"a\": \"x\"}}}~it is no tokenizer.json",
                "{\"model\": {\"vocab\": {\"<pad>\": 0, \"a\": 1}}, \"added_tokens\": [1]}~it is no",
                "{\"decoder\": {\"type\": \"ByteLevel\"}, \"model\": {}}~its tokens are of bytes",
            })
    void damagedTokenizerJsonIsRefused(String json, String problem) throws IOException {
        Path file = file(json);
        assertThatThrownBy(() -> Alphabet.read(file))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(problem);
    }

    @Test
    void behindSentencePiecesFollowsTheBlank() throws IOException {
        Alphabet alphabet = Alphabet.read(file(PIECES));
        assertThat(alphabet.tokens())
                .containsExactly("<unk>", "<s>", "</s>", "\u2581the", "s", "\u2581", "<blank>");
        assertThat(alphabet.blank()).isEqualTo(6);
        assertThat(alphabet.subwords()).isEqualTo(SubwordStyle.SENTENCEPIECE);
        assertThat(alphabet.wordDelimiter()).isEmpty();
        assertThat(alphabet.decode(new int[] {1, 3, 4, 0, 5, 4, 2, 6})).isEqualTo("thes s");
        assertThat(Alphabet.read(file(PIECES), VocabularyFormat.NEMO)).isEqualTo(alphabet);
        assertThat(Alphabet.read(file(BPE)).decode(new int[] {1, 2, 4, 3})).isEqualTo("the a");
    }

    @Test
    void aPieceMayBeTheBlank() throws IOException {
        Alphabet named = Alphabet.read(file(PIECES.replace("<s>", "<pad>")));
        assertThat(named.size()).isEqualTo(6);
        assertThat(named.blank()).isEqualTo(1);
        Alphabet given = Alphabet.read(file(PIECES), VocabularyFormat.SENTENCEPIECE, "<s>");
        assertThat(given.size()).isEqualTo(6);
        assertThat(given.blank()).isEqualTo(1);
    }

    /** The labels of NeMo's models of characters. */
    @Test
    void nemoHasTheBlankBehindAll() throws IOException {
        Alphabet alphabet = Alphabet.read(lines(" ;a;b;'"), VocabularyFormat.NEMO);
        assertThat(alphabet.tokens()).containsExactly(" ", "a", "b", "'", "<blank>");
        assertThat(alphabet.blank()).isEqualTo(4);
        assertThat(alphabet.decode(new int[] {1, 4, 0, 2, 3})).isEqualTo("a b'");
    }

    @Test
    void paddingAmongPiecesOfNemoIsNotTheBlank() throws IOException {
        Alphabet alphabet = Alphabet.read(lines("[PAD];[UNK];a;##b"), VocabularyFormat.NEMO);
        assertThat(alphabet.size()).isEqualTo(5);
        assertThat(alphabet.blank()).isEqualTo(4);
        assertThat(alphabet.decode(new int[] {0, 2, 3, 1, 4})).isEqualTo("ab");
    }

    @Test
    void paddleOcrHasTheBlankBeforeAllAndMaybeASpaceBehind() throws IOException {
        Path keys = lines("'; \u7597;|;{;#;0".replace(" ", ""));
        Alphabet without = Alphabet.read(keys, VocabularyFormat.PADDLEOCR);
        assertThat(without.tokens()).containsExactly("<blank>", "'", "\u7597", "|", "{", "#", "0");
        assertThat(without.blank()).isZero();
        assertThat(without.joinsWords()).as("| is a character").isTrue();
        assertThat(without.decode(new int[] {2, 3, 0, 6})).isEqualTo("\u7597|0");
        Alphabet with = Alphabet.read(keys, VocabularyFormat.PADDLEOCR_SPACE);
        assertThat(with.size()).isEqualTo(8);
        assertThat(with.wordDelimiter()).hasValue(7);
        assertThat(with.decode(new int[] {2, 7, 3})).isEqualTo("\u7597 |");
    }

    /** en_dict.txt ends with a space, and English models have one more. */
    @Test
    void paddleOcrMayHaveTwoSpaces() throws IOException {
        Alphabet alphabet = Alphabet.read(lines("0;A;|; "), VocabularyFormat.PADDLEOCR_SPACE);
        assertThat(alphabet.tokens()).containsExactly("<blank>", "0", "A", "|", " ", "<space>");
        assertThat(alphabet.wordDelimiter()).hasValue(5);
        assertThat(alphabet.decode(new int[] {1, 4, 2, 5, 3})).isEqualTo("0 A |");
    }

    /** dict.ltr.txt of wav2vec2. */
    @Test
    void fairseqHasFourClassesBeforeThoseOfTheFile() throws IOException {
        Path dictionary = lines("| 94802;E 51860;T 38431;madeupword0000 0");
        Alphabet alphabet = Alphabet.read(dictionary, VocabularyFormat.FAIRSEQ_DICT);
        assertThat(alphabet.tokens())
                .containsExactly("<s>", "<pad>", "</s>", "<unk>", "|", "E", "T", "madeupword0000");
        assertThat(alphabet.blank()).isZero();
        assertThat(alphabet.wordDelimiter()).hasValue(4);
        assertThat(alphabet.decode(new int[] {0, 5, 4, 6, 1, 2, 3, 7})).isEqualTo("E T");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<unk>",
                "<UNK>",
                "<s>",
                "</s>",
                "<eps>",
                "<sos/eos>",
                "<SOS>",
                "[UNK]",
                "[unk]",
                "<|en|>",
                "<SPECIAL_1>",
                "<0x0A>"
            })
    void specialTokensHaveNoTextInAnyFormat(String special) throws IOException {
        Path list = lines("<blank>;a;" + special + ";b");
        assertThat(Alphabet.read(list).decode(new int[] {1, 2, 3})).isEqualTo("ab");
        Path table = lines("<blank> 0;a 1;" + special + " 2;b 3");
        assertThat(Alphabet.read(table).decode(new int[] {1, 2, 3})).isEqualTo("ab");
        Path json = file("{\"<pad>\": 0, \"a\": 1, \"" + special + "\": 2, \"b\": 3}");
        assertThat(Alphabet.read(json).decode(new int[] {1, 2, 3})).isEqualTo("ab");
        Path pieces = file(special + "\t0\n\u2581a\t-1.5\nb\t-2\nc\t-3\n");
        assertThat(
                        Alphabet.read(pieces, VocabularyFormat.SENTENCEPIECE, "c")
                                .decode(new int[] {1, 0, 2}))
                .isEqualTo("ab");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "A;B;C, A",
                "';\u7597;|, '",
                "0;1;2, 0",
                "` ;A;B`, ` `",
                "\u2581the;s;a, \u2581the",
                "<unk>;\u2581the;s, <unk>",
                "[UNK];a;##b, [UNK]",
                "<s>;</s>;a, <s>",
                "<space>;a;b, <space>"
            })
    void aListWithoutABlankNamesFormatsThatHaveNone(String lines, String first) throws IOException {
        Path file = lines(lines);
        assertThatThrownBy(() -> Alphabet.read(file))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessage(
                        file
                                + ": no token is named like a blank, and class 0, \""
                                + first
                                + "\", looks like none; name the format, nemo if the blank follows"
                                + " all tokens, paddleocr or paddleocr_space if it precedes them,"
                                + " or name the blank");
    }

    @Test
    void theBlankCanBeNamed() throws IOException {
        Path list = lines("A;B;_");
        for (String blank : new String[] {"_", "2"}) {
            assertThat(Alphabet.read(list, VocabularyFormat.TOKEN_LIST, blank).blank())
                    .isEqualTo(2);
        }
        Path json = file("{\"a\": 0, \"_\": 1}");
        assertThat(Alphabet.read(json, VocabularyFormat.VOCAB_JSON, "_").blank()).isEqualTo(1);
        for (String blank : new String[] {"C", "2", "-1"}) {
            assertThatThrownBy(() -> Alphabet.read(json, VocabularyFormat.VOCAB_JSON, blank))
                    .isInstanceOf(AlphabetFormatException.class)
                    .hasMessageContaining("it has no token \"" + blank + "\" to be the blank")
                    .hasMessageContaining("an id from 0 to 1");
        }
        assertThat(Alphabet.ofCharacters("ab").toBuilder().optBlank("b").build().blank())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "TOKEN_LIST~<blk> 0;a 1;b 2~token_table",
                "TOKEN_TABLE~<blk>;a;b~token_list",
                "NEMO~<blk> 0;a 1;b 2~token_table",
                "PADDLEOCR~<blk> 0;a 1;b 2~token_table",
                "PADDLEOCR_SPACE~{\"<pad>\": 0, \"a\": 1}~vocab_json",
                "SENTENCEPIECE~<blk>;a;b~token_list",
                "TOKENIZER_JSON~{\"<pad>\": 0, \"a\": 1}~vocab_json",
                "VOCAB_JSON~{\"model\": {\"vocab\": {}}}~tokenizer_json",
                "ALPHABET_JSON~{\"<pad>\": 0, \"a\": 1}~vocab_json",
                "FAIRSEQ_DICT~<blk>;a;b~token_list",
                "FAIRSEQ_DICT~a 0;b 1~token_table",
                "NEMO~a;b;<blank>~token_list",
                "PADDLEOCR~<pad>;a;b~token_list",
            })
    void aFileThatLooksOtherwiseNamesItsFormat(VocabularyFormat format, String lines, String other)
            throws IOException {
        Path file = lines(lines);
        assertThatThrownBy(() -> Alphabet.read(file, format))
                .isInstanceOf(AlphabetFormatException.class)
                .hasMessageContaining("name the format " + other)
                .matches(e -> ((AlphabetFormatException) e).needsName());
    }
}
