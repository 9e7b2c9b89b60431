package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.augment.FeatureAugmentation;
import io.github.djlctc.examples.speech.augment.WaveformAugmentation;
import io.github.djlctc.examples.speech.feature.DeltaFeatures;
import io.github.djlctc.examples.speech.feature.LogMelFilterbank;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

class AugmentationTest {

    private final SplittableRandom random = new SplittableRandom(1);

    private final WaveformAugmentation twice =
            (waveform, generator) ->
                    new Waveform(new float[2 * waveform.samples().length], waveform.sampleRate());
    private final FeatureAugmentation halfTheFrames =
            (values, dimensions, generator) -> new float[values.length / 2];
    private final FeatureAugmentation ones =
            (values, dimensions, generator) -> {
                float[] result = new float[values.length];
                Arrays.fill(result, 1);
                return result;
            };

    @Test
    void changesSoundBeforeItsFeatures() {
        Augmentation augmentation = new Augmentation(twice, halfTheFrames, ones);
        Waveform sound = new Waveform(new float[800], 8000);

        FeatureMatrix features =
                augmentation.extract(sound, new LogMelFilterbank(8000, 10), random);

        assertThat(features.frames()).isEqualTo(21);
        assertThat(features.values()).containsOnly(1);
    }

    @Test
    void changesPrecomputedFeaturesBeforeTheirDifferences() {
        Augmentation augmentation = new Augmentation(twice, halfTheFrames, ones);
        FeatureMatrix signal = new FeatureMatrix(new float[30], 3);

        FeatureMatrix features = augmentation.extract(signal, new DeltaFeatures(3, 0.01), random);

        assertThat(features.frames()).isEqualTo(5);
        assertThat(features.dimensions()).isEqualTo(9);
        assertThat(features.values()).containsOnly(1);
    }

    @Test
    void canChangeNothing() {
        FeatureMatrix signal = TinyCorpus.features("AB", 1);
        DeltaFeatures extractor = new DeltaFeatures(TinyCorpus.DIMENSIONS, 0.01);

        FeatureMatrix features = Augmentation.NONE.extract(signal, extractor, random);

        assertThat(features.values()).isEqualTo(extractor.extract(signal).values());
    }
}
