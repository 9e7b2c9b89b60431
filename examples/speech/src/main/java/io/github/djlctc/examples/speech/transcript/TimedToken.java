package io.github.djlctc.examples.speech.transcript;

import java.util.Objects;

/**
 * A token of the model's alphabet and when it was said.
 *
 * @param token the token as the alphabet spells it
 * @param start when it starts, in seconds from the start of the sound
 * @param end when it ends
 * @param logProbability the natural logarithm of its highest probability in that time
 */
public record TimedToken(String token, double start, double end, double logProbability) {

    /**
     * Checks the times.
     *
     * @param token the token
     * @param start when it starts, 0 or more
     * @param end when it ends, {@code start} or more
     * @param logProbability the natural logarithm of its highest probability
     */
    public TimedToken {
        Objects.requireNonNull(token, "token");
        if (!(start >= 0 && end >= start && end < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the token lasts from " + start + " to " + end + " s");
        }
    }
}
