package io.github.djlctc.examples.speech.train;

import ai.djl.ndarray.NDManager;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.augment.FeatureAugmentation;
import io.github.djlctc.examples.speech.augment.WaveformAugmentation;
import io.github.djlctc.examples.speech.feature.FeatureExtractor;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is varied at random each time the model sees a training utterance.
 *
 * @param sound changes of sound
 * @param signal changes of precomputed features, before differences and normalisation
 * @param features changes of the normalised features
 */
public record Augmentation(
        List<WaveformAugmentation> sound,
        List<FeatureAugmentation> signal,
        List<FeatureAugmentation> features) {

    /** No change at all. */
    public static final Augmentation NONE = new Augmentation(List.of(), List.of(), List.of());

    /**
     * Copies the lists.
     *
     * @param sound changes of sound
     * @param signal changes of precomputed features
     * @param features changes of the normalised features
     */
    public Augmentation {
        sound = List.copyOf(sound);
        signal = List.copyOf(signal);
        features = List.copyOf(features);
    }

    FeatureMatrix extract(
            Signal original,
            FeatureExtractor extractor,
            RandomGenerator random,
            NDManager manager) {
        Signal varied;
        if (original instanceof Waveform waveform) {
            for (WaveformAugmentation augmentation : sound) {
                waveform = augmentation.apply(waveform, random);
            }
            varied = waveform;
        } else {
            varied = apply(signal, (FeatureMatrix) original, random);
        }
        return apply(features, extractor.extract(varied, manager), random);
    }

    private static FeatureMatrix apply(
            List<FeatureAugmentation> augmentations, FeatureMatrix matrix, RandomGenerator random) {
        float[] values = matrix.values();
        for (FeatureAugmentation augmentation : augmentations) {
            values = augmentation.apply(values, matrix.dimensions(), random);
        }
        return new FeatureMatrix(values, matrix.dimensions());
    }
}
