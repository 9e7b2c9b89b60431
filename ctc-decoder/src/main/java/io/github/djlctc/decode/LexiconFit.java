package io.github.djlctc.decode;

import io.github.djlctc.lm.Lexicon;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells how many words of a lexicon an alphabet can spell; the others cannot be decoded.
 *
 * @param words the number of words
 * @param usable how many of them the alphabet can spell; all if the lexicon has spellings
 * @param letterCase if fewer than half are usable, the letter case in which at least half would be
 */
public record LexiconFit(int words, int usable, Optional<LetterCase> letterCase) {

    private static final double ENOUGH = 0.5;

    /**
     * Checks that nothing is null.
     *
     * @param words the number of words
     * @param usable how many of them the alphabet can spell; all if the lexicon has spellings
     * @param letterCase if fewer than half are usable, the letter case in which at least half would
     *     be
     */
    public LexiconFit {
        Objects.requireNonNull(letterCase, "letterCase");
    }

    /**
     * Compares a lexicon with an alphabet.
     *
     * @param lexicon the lexicon
     * @param alphabet the classes of the CTC model
     * @return how well they fit
     */
    public static LexiconFit of(Lexicon lexicon, Alphabet alphabet) {
        Objects.requireNonNull(lexicon, "lexicon");
        Objects.requireNonNull(alphabet, "alphabet");
        List<String> words = lexicon.words();
        int usable = lexicon.spellings().isEmpty() ? usable(words, alphabet) : words.size();
        Optional<LetterCase> letterCase = Optional.empty();
        if (usable < ENOUGH * words.size()) {
            letterCase =
                    Stream.of(LetterCase.UPPER, LetterCase.LOWER)
                            .filter(c -> usable(words, in(c, alphabet)) >= ENOUGH * words.size())
                            .findFirst();
        }
        return new LexiconFit(words.size(), usable, letterCase);
    }

    private static int usable(List<String> words, Alphabet alphabet) {
        return (int) words.stream().filter(w -> alphabet.unknownCharacters(w).isEmpty()).count();
    }

    private static Alphabet in(LetterCase letterCase, Alphabet alphabet) {
        return alphabet.toBuilder().optLetterCase(letterCase).build();
    }

    /**
     * Tells whether most words are usable.
     *
     * @return false if fewer than half are
     */
    public boolean isEnough() {
        return usable >= ENOUGH * words;
    }

    /**
     * Describes the fit in a sentence with its figures.
     *
     * @return the sentence, without a full stop
     */
    public String description() {
        return "the alphabet can spell "
                + (usable == 0 ? "none" : usable)
                + " of the "
                + words
                + " words of the lexicon"
                + letterCase
                        .map(
                                c ->
                                        c == LetterCase.UPPER
                                                ? "; in upper case it could spell them"
                                                : "; in lower case it could spell them")
                        .orElse("");
    }
}
