package io.github.djlctc.text;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tokens that are classes without text, whatever letters they are written with: those of
 * Hugging Face's tokenizers, and what an alphabet adds to them.
 *
 * @param added the tokens that the alphabet adds
 */
record SpecialTokens(Set<String> added) {

    /** Those of Hugging Face's tokenizers and no others. */
    static final SpecialTokens USUAL = new SpecialTokens(Set.of());

    private static final Set<String> NAMES =
            Set.of(
                    "<s>", "</s>", "<unk>", "<pad>", "<mask>", "[UNK]", "[PAD]", "[CLS]", "[SEP]",
                    "[MASK]");

    /** More names in files, in lower case. */
    private static final Set<String> NAMES_IN_FILES =
            Set.of(
                    "<s>",
                    "</s>",
                    "<unk>",
                    "<pad>",
                    "<mask>",
                    "<blank>",
                    "<blk>",
                    "<ctc_blank>",
                    "<eps>",
                    "<bos>",
                    "<sos>",
                    "<eos>",
                    "<sos/eos>",
                    "[unk]",
                    "[pad]",
                    "[cls]",
                    "[sep]",
                    "[mask]",
                    "[blank]",
                    "[bos]",
                    "[eos]");

    /** Kaldi's disambiguation symbols, as {@code #0}. */
    private static final Pattern DISAMBIGUATION = Pattern.compile("#\\d+");

    /** Also SentencePiece's bytes, as {@code <0x0A>}, and the padding of fairseq's dictionaries. */
    private static final Pattern NAMED_IN_FILES =
            Pattern.compile("<special.*>|<\\|.+\\|>|<0x[0-9a-f]{2}>|madeupword\\d{4}");

    /** Tells whether a token of a file is special by its name. */
    static boolean isSpecialInFile(String token) {
        String name = token.toLowerCase(Locale.ROOT);
        return NAMES.contains(token)
                || NAMES_IN_FILES.contains(name)
                || NAMED_IN_FILES.matcher(name).matches();
    }

    /** Tells whether a token of a table, as k2 and WeNet write them, is special by its name. */
    static boolean isSpecialInTable(String token) {
        return isSpecialInFile(token) || isDisambiguation(token);
    }

    /** Tells whether a token is a symbol that lexicon graphs have, and models do not. */
    static boolean isDisambiguation(String token) {
        return DISAMBIGUATION.matcher(token).matches();
    }

    boolean contains(String token) {
        return NAMES.contains(token) || added.contains(token);
    }

    /** Leaves out what an alphabet lacks, or what is special anyway. */
    SpecialTokens within(Collection<String> tokens) {
        Set<String> those = new HashSet<>(added);
        those.retainAll(new HashSet<>(tokens));
        those.removeAll(NAMES);
        return new SpecialTokens(Set.copyOf(those));
    }
}
