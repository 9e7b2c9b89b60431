package io.github.djlctc.examples.speech.model;

import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.text.LetterCase;

import java.util.Objects;

/**
 * The configuration that is saved with the parameters and the alphabet of a model.
 *
 * @param features how its features are made
 * @param size the sizes of its layers
 * @param letterCase what it does with letters of transcripts; the alphabet's file cannot hold it
 */
public record ModelConfig(FeatureConfig features, ModelSize size, LetterCase letterCase) {

    /**
     * Checks that nothing is missing.
     *
     * @param features how its features are made
     * @param size the sizes of its layers
     * @param letterCase what it does with letters of transcripts
     */
    public ModelConfig {
        Objects.requireNonNull(features, "the features are missing");
        Objects.requireNonNull(size, "the sizes are missing");
        Objects.requireNonNull(letterCase, "the letter case is missing or unknown");
    }
}
