package io.github.djlctc.examples.speech.model;

import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.text.LetterCase;

/**
 * What a saved model must know besides its parameters and its alphabet.
 *
 * @param features how its features are made
 * @param size the sizes of its layers
 * @param letterCase what it does with letters of transcripts; the alphabet's file cannot hold it
 */
public record ModelConfig(FeatureConfig features, ModelSize size, LetterCase letterCase) {}
