package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.command.TrainingDefaults;
import io.github.djlctc.examples.htr.augment.LineAugmentation;
import io.github.djlctc.examples.htr.model.ModelSize;

import java.util.List;

/**
 * What works for a kind of data: sizes and training options that were measured on it (see
 * docs/performance.md), and serve as defaults.
 */
record Recipe(ModelSize size, TrainingDefaults training, LineAugmentation augmentation) {

    static Recipe of(DataOptions.Kind kind) {
        return switch (kind) {
            case PEN ->
                    new Recipe(
                            new ModelSize(32, 16, 128, 2, 0.1f),
                            new TrainingDefaults(10, 3e-3f, 150),
                            LineAugmentation.sequence(List.of()));
        };
    }
}
