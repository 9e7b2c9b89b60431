package io.github.djlctc.examples.speech.model;

import io.github.djlctc.examples.speech.feature.MelNormalisation;

import java.util.Objects;

/**
 * What makes a model read sound as it comes.
 *
 * @param chunk how many frames of the logits its LSTM layers read in both directions at once
 * @param lookahead how many frames of the logits its last convolution sees ahead; 0 for none
 * @param normalisation the shift and scale of its features
 */
public record StreamingConfig(int chunk, int lookahead, MelNormalisation normalisation) {

    private static final int MAX_FRAMES = 1000;

    /**
     * Checks the values.
     *
     * @param chunk 1 to 1,000
     * @param lookahead 0 to 1,000
     * @param normalisation the shift and scale of its features
     * @throws IllegalArgumentException if the chunk or the lookahead is out of its range
     */
    public StreamingConfig {
        Objects.requireNonNull(normalisation, "the normalisation is missing");
        if (chunk < 1 || chunk > MAX_FRAMES) {
            throw new IllegalArgumentException(
                    "a chunk of " + chunk + " frames: 1 to 1,000 expected");
        }
        if (lookahead < 0 || lookahead > MAX_FRAMES) {
            throw new IllegalArgumentException(
                    "a lookahead of " + lookahead + " frames: 0 to 1,000 expected");
        }
    }
}
