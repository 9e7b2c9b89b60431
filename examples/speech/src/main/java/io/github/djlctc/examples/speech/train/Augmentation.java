package io.github.djlctc.examples.speech.train;

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
        WaveformAugmentation sound, FeatureAugmentation signal, FeatureAugmentation features) {

    /** No change at all. */
    public static final Augmentation NONE =
            new Augmentation(
                    WaveformAugmentation.sequence(List.of()),
                    FeatureAugmentation.sequence(List.of()),
                    FeatureAugmentation.sequence(List.of()));

    FeatureMatrix extract(Signal original, FeatureExtractor extractor, RandomGenerator random) {
        Signal varied =
                original instanceof Waveform waveform
                        ? sound.apply(waveform, random)
                        : apply(signal, (FeatureMatrix) original, random);
        return apply(features, extractor.extract(varied), random);
    }

    private static FeatureMatrix apply(
            FeatureAugmentation augmentation, FeatureMatrix matrix, RandomGenerator random) {
        int dimensions = matrix.dimensions();
        return new FeatureMatrix(
                augmentation.apply(matrix.values(), dimensions, random), dimensions);
    }
}
