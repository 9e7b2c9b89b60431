package io.github.djlctc.examples.speech.model;

import io.github.djlctc.examples.speech.feature.FeatureConfig;

/**
 * What a saved model must know besides its parameters and its alphabet.
 *
 * @param features how its features are made
 * @param size the sizes of its layers
 */
public record ModelConfig(FeatureConfig features, ModelSize size) {}
