package io.github.djlctc.examples.common;

import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;
import io.github.djlctc.text.Alphabet;

import java.util.Optional;

/** The unit in which reports count word errors. */
public enum WordErrorUnit {
    /** Words. */
    WORD("WER"),
    /** Characters, where nothing in the alphabet separates words. */
    CHARACTER("CER");

    private final String shortName;

    WordErrorUnit(String shortName) {
        this.shortName = shortName;
    }

    /**
     * Returns the unit for texts of an alphabet.
     *
     * @param alphabet the classes of a model
     * @return characters if the alphabet {@linkplain Alphabet#joinsWords() joins words}, else words
     */
    public static WordErrorUnit of(Alphabet alphabet) {
        return alphabet.joinsWords() ? CHARACTER : WORD;
    }

    /**
     * Counts the errors of a text.
     *
     * @param reference the true text
     * @param hypothesis the recognised text
     * @return the errors in this unit
     */
    public ErrorCounts count(String reference, String hypothesis) {
        return this == WORD
                ? ErrorRates.words(reference, hypothesis)
                : ErrorRates.characters(reference, hypothesis);
    }

    /**
     * Returns the abbreviation of the error rate.
     *
     * @return "WER" or "CER"
     */
    public String shortName() {
        return shortName;
    }

    /**
     * Returns the explanation that belongs to figures in this unit.
     *
     * @return a sentence for characters, nothing for words
     */
    public Optional<String> note() {
        return this == WORD
                ? Optional.empty()
                : Optional.of(
                        "Nothing separates words in this alphabet, so word errors are counted in"
                                + " characters: WER is CER.");
    }
}
