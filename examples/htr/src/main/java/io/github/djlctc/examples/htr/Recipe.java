package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.command.TrainingDefaults;
import io.github.djlctc.examples.htr.augment.LineAugmentation;
import io.github.djlctc.examples.htr.model.ModelSize;

import java.util.List;

/**
 * What works for a kind of data: sizes and training options that were measured on it (see
 * docs/measurements/training.md), and serve as defaults.
 */
record Recipe(
        ModelSize size,
        float shortcutWeight,
        TrainingDefaults training,
        LineAugmentation augmentation) {

    static final LineAugmentation NONE = LineAugmentation.sequence(List.of());

    static Recipe of(DataOptions.Kind kind) {
        // Generated lines vary enough: every letter is drawn another way.
        return switch (kind) {
            case PEN ->
                    new Recipe(
                            new ModelSize(32, 16, 96, 2, 0.1f),
                            0.1f,
                            new TrainingDefaults(7, 8, 3e-3f, 150),
                            NONE);
            case MNIST ->
                    new Recipe(
                            new ModelSize(32, 12, 64, 2, 0.1f),
                            0,
                            new TrainingDefaults(10, 8, 3e-3f, 150),
                            LineAugmentation.handwriting());
            case IAM ->
                    new Recipe(
                            new ModelSize(64, 32, 256, 3, 0.2f),
                            0.1f,
                            new TrainingDefaults(60, 16, 1e-3f, 1000),
                            LineAugmentation.handwriting());
            case MANIFEST ->
                    new Recipe(
                            new ModelSize(48, 24, 192, 2, 0.2f),
                            0.1f,
                            new TrainingDefaults(40, 16, 1.5e-3f, 300),
                            LineAugmentation.handwriting());
        };
    }
}
