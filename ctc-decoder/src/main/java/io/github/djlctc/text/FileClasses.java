package io.github.djlctc.text;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What the tokens of a file say of its classes by their names and marks. */
final class FileClasses {

    private static final String WORD_START = "\u2581";

    private FileClasses() {}

    /**
     * Makes an alphabet of tokens.
     *
     * @param tokens the tokens in the order of their ids
     * @param blank the id of the blank
     * @param special tokens without text, besides those that have such names
     */
    static Alphabet.Builder builder(List<String> tokens, int blank, Collection<String> special) {
        Alphabet.Builder builder =
                Alphabet.builder()
                        .setTokens(tokens)
                        .optBlank(blank)
                        .optSpecialTokens(
                                Stream.concat(
                                                special.stream(),
                                                tokens.stream()
                                                        .filter(SpecialTokens::isSpecialInFile))
                                        .distinct()
                                        .toList());
        if (marksSpaces(tokens) && blank != tokens.indexOf(WORD_START)) {
            return builder.optWordDelimiter(WORD_START);
        }
        return builder.optSubwords(SubwordStyle.of(tokens));
    }

    /** Returns whether SentencePiece's mark is a token and no part of others. */
    private static boolean marksSpaces(List<String> tokens) {
        return tokens.contains(WORD_START)
                && !tokens.contains("<space>")
                && tokens.stream().filter(token -> token.contains(WORD_START)).count() == 1;
    }
}
