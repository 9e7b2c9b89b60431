package io.github.djlctc.decode;

import io.github.djlctc.emission.WordSpan;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The outcome of a hotword in the decoding of one sample.
 *
 * @param hotword the hotword
 * @param status whether the result holds the phrase, and if not, why
 * @param occurrences the words of each occurrence in the best hypothesis; where the alphabet
 *     {@linkplain io.github.djlctc.text.Alphabet#joinsWords() joins words}, one span of the phrase
 * @param explanation a sentence that says why, or where
 * @serial exclude
 */
public record HotwordOutcome(
        Hotword hotword, Status status, List<List<WordSpan>> occurrences, String explanation)
        implements Serializable {

    /** Whether a result holds a hotword, and if not, why. */
    public enum Status {
        /** The best hypothesis holds the phrase. */
        APPLIED,
        /** A hypothesis of the final beam holds the phrase, but a better one does not. */
        OUTSCORED,
        /** No hypothesis of the final beam holds the phrase. */
        NOT_FOUND,
        /** The alphabet has no token for a character of the phrase. */
        NOT_IN_ALPHABET,
        /** The lexicon lacks a word of the phrase. */
        NOT_IN_LEXICON
    }

    /**
     * Copies the list.
     *
     * @param hotword the hotword
     * @param status whether the result holds the phrase, and if not, why
     * @param occurrences the words of each occurrence in the best hypothesis
     * @param explanation a sentence that says why, or where
     */
    public HotwordOutcome {
        Objects.requireNonNull(hotword, "hotword");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(occurrences, "occurrences");
        Objects.requireNonNull(explanation, "explanation");
        occurrences = List.copyOf(occurrences);
    }
}
