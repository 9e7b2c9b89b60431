package io.github.djlctc.examples.speech.model;

import io.github.djlctc.examples.speech.feature.MelNormalisation;

import java.util.Objects;

/**
 * What makes a model read sound as it comes.
 *
 * @param lookahead how many frames of the logits its last convolution sees ahead; 0 for none
 * @param normalisation the shift and scale of its features
 */
public record StreamingConfig(int lookahead, MelNormalisation normalisation) {

    private static final int MAX_LOOKAHEAD = 1000;

    /**
     * Checks the values.
     *
     * @param lookahead 0 to 1,000
     * @param normalisation the shift and scale of its features
     * @throws IllegalArgumentException if the lookahead is out of its range
     */
    public StreamingConfig {
        Objects.requireNonNull(normalisation, "the normalisation is missing");
        if (lookahead < 0 || lookahead > MAX_LOOKAHEAD) {
            throw new IllegalArgumentException(
                    "a lookahead of " + lookahead + " frames: 0 to 1,000 expected");
        }
    }
}
