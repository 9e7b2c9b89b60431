package io.github.djlctc.examples.speech.model;

import ai.djl.nn.Block;

import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.feature.FeatureExtractor;
import io.github.djlctc.text.LetterCase;

import java.util.Objects;
import java.util.Optional;

/**
 * The configuration that is saved with the parameters and the alphabet of a model.
 *
 * @param features how its features are made
 * @param size the sizes of its layers
 * @param letterCase what it does with letters of transcripts; the alphabet's file cannot hold it
 * @param streaming what makes it read sound as it comes; null for a model that reads it whole
 * @param intermediate the CTC heads between its LSTM layers; null if there are none
 */
public record ModelConfig(
        FeatureConfig features,
        ModelSize size,
        LetterCase letterCase,
        StreamingConfig streaming,
        IntermediateConfig intermediate) {

    /**
     * Checks that nothing is missing, and that heads have a place.
     *
     * @param features how its features are made
     * @param size the sizes of its layers
     * @param letterCase what it does with letters of transcripts
     * @param streaming what makes it read sound as it comes, or null
     * @param intermediate the CTC heads between its LSTM layers, or null
     */
    public ModelConfig {
        Objects.requireNonNull(features, "the features are missing");
        Objects.requireNonNull(size, "the sizes are missing");
        Objects.requireNonNull(letterCase, "the letter case is missing or unknown");
        if (intermediate != null) {
            intermediate.checkLayers(size.layers());
            if (streaming != null) {
                throw new IllegalArgumentException(
                        "a streaming model has no intermediate heads: the chunks of its LSTM layers"
                                + " are read through all layers at once");
            }
        }
    }

    /**
     * Creates the configuration of a model that reads whole utterances.
     *
     * @param features how its features are made
     * @param size the sizes of its layers
     * @param letterCase what it does with letters of transcripts
     */
    public ModelConfig(FeatureConfig features, ModelSize size, LetterCase letterCase) {
        this(features, size, letterCase, null);
    }

    /**
     * Creates the configuration of a model without heads between its LSTM layers.
     *
     * @param features how its features are made
     * @param size the sizes of its layers
     * @param letterCase what it does with letters of transcripts
     * @param streaming what makes it read sound as it comes, or null
     */
    public ModelConfig(
            FeatureConfig features,
            ModelSize size,
            LetterCase letterCase,
            StreamingConfig streaming) {
        this(features, size, letterCase, streaming, null);
    }

    /**
     * Tells whether the model reads sound as it comes.
     *
     * @return whether it has a streaming configuration
     */
    public boolean isStreaming() {
        return streaming != null;
    }

    /**
     * Creates what makes its features.
     *
     * @return the extractor
     * @throws IllegalArgumentException if a value is out of its range
     */
    public FeatureExtractor extractor() {
        return isStreaming() ? features.extractor(streaming.normalisation()) : features.extractor();
    }

    /**
     * Creates its layers.
     *
     * @param classes the number of classes C: labels and blank
     * @return a block from features (N,T,F) and lengths (N) to logits (N,T',C) and lengths (N),
     *     without parameters
     */
    public Block newBlock(int classes) {
        return isStreaming()
                ? StreamingAcousticModel.create(size, streaming, classes)
                : new AcousticModel(size, classes, Optional.ofNullable(intermediate));
    }
}
