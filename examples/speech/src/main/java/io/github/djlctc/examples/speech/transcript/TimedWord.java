package io.github.djlctc.examples.speech.transcript;

import java.util.Objects;

/**
 * A word and when it was said.
 *
 * @param word the word
 * @param start when it starts, in seconds from the start of the sound
 * @param end when it ends
 * @param confidence the probability that the word is right, as the decoder sees it, 0 to 1
 */
public record TimedWord(String word, double start, double end, double confidence) {

    /**
     * Checks the ranges.
     *
     * @param word the word
     * @param start when it starts, 0 or more
     * @param end when it ends, {@code start} or more
     * @param confidence 0 to 1
     */
    public TimedWord {
        Objects.requireNonNull(word, "word");
        if (!(start >= 0 && end >= start && end < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the word lasts from " + start + " to " + end + " s");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("the confidence is " + confidence);
        }
    }
}
