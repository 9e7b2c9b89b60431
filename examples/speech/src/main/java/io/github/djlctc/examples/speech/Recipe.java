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
 *
 * @param size the sizes of the layers
 * @param training epochs, batches and learning rate
 * @param consistency the weight of the consistency between two views, 0 for one view
 */
record Recipe(ModelSize size, TrainingDefaults training, double consistency) {

    /** How much of an utterance is masked in time. */
    enum TimeMasks {
        USUAL,
        /**
         * 2.5 times as much, for the consistency of two views, which learns what is masked from the
         * other view: as in CR-CTC (arXiv 2410.05101).
         */
        FOR_CONSISTENCY
    }

    static Recipe of(DataOptions.Kind kind) {
        return switch (kind) {
            case SYNTHETIC ->
                    new Recipe(
                            new ModelSize(96, 128, 2, 3, 0.15f),
                            new TrainingDefaults(5, 8, 3e-3f, 150),
                            0);
            case FSDD ->
                    new Recipe(
                            new ModelSize(96, 128, 2, 3, 0.25f),
                            new TrainingDefaults(6, 16, 3e-3f, 150),
                            0.2);
            case LIBRISPEECH, COMMONVOICE, TEDLIUM, VOXFORGE ->
                    new Recipe(
                            new ModelSize(256, 320, 3, 3, 0.2f),
                            new TrainingDefaults(30, 16, 1e-3f, 2000),
                            0);
            case MANIFEST ->
                    new Recipe(
                            new ModelSize(160, 160, 2, 2, 0.3f),
                            new TrainingDefaults(60, 8, 1.5e-3f, 120),
                            0.2);
        };
    }

    /** Returns what works for a model that reads sound as it comes. */
    static Recipe ofStreaming(DataOptions.Kind kind) {
        // Longer frames would be heard later.
        return kind == DataOptions.Kind.SYNTHETIC
                ? new Recipe(
                        new ModelSize(96, 128, 2, 2, 0.15f),
                        new TrainingDefaults(14, 16, 3e-3f, 150),
                        0)
                : of(kind);
    }

    /** Returns what works for FSDD's single digits, of which there are a third as many. */
    static Recipe ofSingleDigits() {
        Recipe strings = of(DataOptions.Kind.FSDD);
        TrainingDefaults training = strings.training();
        return new Recipe(
                strings.size(),
                new TrainingDefaults(
                        3 * training.epochs(),
                        training.batchSize(),
                        training.learningRate(),
                        training.warmUpSteps()),
                strings.consistency());
    }

    static Augmentation augmentation(
            DataOptions.Kind kind, FeatureConfig features, boolean cepstra, TimeMasks masks) {
        if (features.kind() == FeatureConfig.Kind.PRECOMPUTED_WITH_DELTAS) {
            return ofFeatures(features.dimensions(), cepstra, masks);
        }
        // Synthesised voices and joined digits vary enough; on them, augmentation only slowed
        // learning. Two views must differ all the same.
        boolean varied = kind == DataOptions.Kind.SYNTHETIC || kind == DataOptions.Kind.FSDD;
        if (varied) {
            return masks == TimeMasks.USUAL
                    ? Augmentation.NONE
                    : new Augmentation(
                            Augmentation.NONE.sound(),
                            Augmentation.NONE.signal(),
                            soundMasks(features.dimensions(), masks));
        }
        return ofSound(features.dimensions(), masks);
    }

    private static Augmentation ofSound(int mels, TimeMasks masks) {
        WaveformAugmentation sound =
                WaveformAugmentation.sequence(
                        List.of(
                                new SpeedPerturbation(0.9, 1.0, 1.1),
                                new AdditiveNoise(new UniformRange(15, 40)),
                                new RandomGain(new UniformRange(-6, 6))));
        return new Augmentation(sound, Augmentation.NONE.signal(), soundMasks(mels, masks));
    }

    private static SpecAugment soundMasks(int mels, TimeMasks masks) {
        boolean usual = masks == TimeMasks.USUAL;
        return SpecAugment.builder()
                .optFrequencyMasks(1)
                .optFrequencyMaskWidth(Math.max(1, mels / 8))
                .optTimeMasks(usual ? 1 : 2)
                .optTimeMaskWidth(usual ? 8 : 10)
                .build();
    }

    private static Augmentation ofFeatures(int dimensions, boolean cepstra, TimeMasks masks) {
        List<FeatureAugmentation> signal = new ArrayList<>();
        if (cepstra) {
            signal.add(
                    CepstralWarp.builder()
                            .optCepstra(dimensions)
                            .optAlpha(new UniformRange(0.84, 1.16))
                            .build());
        }
        signal.add(new Tempo(new UniformRange(0.85, 1.15)));
        SpecAugment masked =
                SpecAugment.builder()
                        .optFrequencyMaskWidth(6)
                        .optTimeMasks(masks == TimeMasks.USUAL ? 2 : 5)
                        .optTimeMaskWidth(12)
                        .optTimeMaskShare(0.2)
                        .build();
        return new Augmentation(
                Augmentation.NONE.sound(),
                FeatureAugmentation.sequence(signal),
                FeatureAugmentation.sequence(List.of(new FeatureNoise(0.1), masked)));
    }
}
