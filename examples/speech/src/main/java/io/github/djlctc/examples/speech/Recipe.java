package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.TrainingDefaults;
import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.speech.augment.AdditiveNoise;
import io.github.djlctc.examples.speech.augment.CepstralWarp;
import io.github.djlctc.examples.speech.augment.FeatureAugmentation;
import io.github.djlctc.examples.speech.augment.FeatureNoise;
import io.github.djlctc.examples.speech.augment.RandomGain;
import io.github.djlctc.examples.speech.augment.SpecAugment;
import io.github.djlctc.examples.speech.augment.SpeedPerturbation;
import io.github.djlctc.examples.speech.augment.Tempo;
import io.github.djlctc.examples.speech.augment.WaveformAugmentation;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.examples.speech.train.Augmentation;

import java.util.ArrayList;
import java.util.List;

/**
 * What works for a kind of data: sizes and training options that were measured on it (see
 * docs/measurements/training.md), and serve as defaults. Those of LibriSpeech were not measured,
 * and serve for the other corpora of read and spontaneous speech.
 */
record Recipe(ModelSize size, TrainingDefaults training) {

    static Recipe of(DataOptions.Kind kind) {
        return switch (kind) {
            case SYNTHETIC ->
                    new Recipe(
                            new ModelSize(96, 128, 2, 2, 0.15f),
                            new TrainingDefaults(14, 3e-3f, 150));
            case FSDD ->
                    new Recipe(
                            new ModelSize(96, 128, 2, 3, 0.15f),
                            new TrainingDefaults(12, 3e-3f, 150));
            case LIBRISPEECH, COMMONVOICE, TEDLIUM, VOXFORGE ->
                    new Recipe(
                            new ModelSize(256, 320, 3, 3, 0.2f),
                            new TrainingDefaults(30, 1e-3f, 2000));
            case MANIFEST ->
                    new Recipe(
                            new ModelSize(160, 160, 2, 2, 0.3f),
                            new TrainingDefaults(60, 1.5e-3f, 120));
        };
    }

    static Augmentation augmentation(
            DataOptions.Kind kind, FeatureConfig features, boolean cepstra) {
        if (features.kind() == FeatureConfig.Kind.PRECOMPUTED_WITH_DELTAS) {
            return ofFeatures(features.dimensions(), cepstra);
        }
        // Synthesised voices and joined digits vary enough; on them, augmentation only slowed
        // learning.
        boolean varied = kind == DataOptions.Kind.SYNTHETIC || kind == DataOptions.Kind.FSDD;
        return varied ? Augmentation.NONE : ofSound(features.dimensions());
    }

    private static Augmentation ofSound(int mels) {
        WaveformAugmentation sound =
                WaveformAugmentation.sequence(
                        List.of(
                                new SpeedPerturbation(0.9, 1.0, 1.1),
                                new AdditiveNoise(new UniformRange(15, 40)),
                                new RandomGain(new UniformRange(-6, 6))));
        SpecAugment masks =
                SpecAugment.builder()
                        .optFrequencyMasks(1)
                        .optFrequencyMaskWidth(Math.max(1, mels / 8))
                        .optTimeMasks(1)
                        .optTimeMaskWidth(8)
                        .build();
        return new Augmentation(sound, Augmentation.NONE.signal(), masks);
    }

    private static Augmentation ofFeatures(int dimensions, boolean cepstra) {
        List<FeatureAugmentation> signal = new ArrayList<>();
        if (cepstra) {
            signal.add(
                    CepstralWarp.builder()
                            .optCepstra(dimensions)
                            .optAlpha(new UniformRange(0.9, 1.1))
                            .build());
        }
        signal.add(new Tempo(new UniformRange(0.85, 1.15)));
        SpecAugment masks =
                SpecAugment.builder()
                        .optFrequencyMaskWidth(6)
                        .optTimeMaskWidth(12)
                        .optTimeMaskShare(0.2)
                        .build();
        return new Augmentation(
                Augmentation.NONE.sound(),
                FeatureAugmentation.sequence(signal),
                FeatureAugmentation.sequence(List.of(new FeatureNoise(0.1), masks)));
    }
}
