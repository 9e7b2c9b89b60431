package io.github.djlctc.decode;

import io.github.djlctc.emission.WordSpan;

import java.util.List;

/**
 * What became of a hotword in the decoding of one sample.
 *
 * @param hotword the hotword
 * @param status what became of it
 * @param occurrences the words of the best hypothesis for each time it holds the phrase
 * @param explanation a sentence that says why, or where
 */
public record HotwordOutcome(
        Hotword hotword, Status status, List<List<WordSpan>> occurrences, String explanation) {

    /** What may become of a hotword. */
    public enum Status {
        /** The best hypothesis holds the phrase. */
        APPLIED,
        /** A hypothesis of the final beam holds the phrase, but a better one does not. */
        OUTSCORED,
        /** No hypothesis of the final beam holds the phrase. */
        NOT_FOUND,
        /** The alphabet has no token for a character of the phrase. */
        NOT_IN_ALPHABET,
        /** The lexicon, which is binding, lacks a word of the phrase. */
        NOT_IN_LEXICON
    }

    /**
     * Copies the list.
     *
     * @param hotword the hotword
     * @param status what became of it
     * @param occurrences the words of the best hypothesis for each time it holds the phrase
     * @param explanation a sentence that says why, or where
     */
    public HotwordOutcome {
        occurrences = List.copyOf(occurrences);
    }
}
