package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.model.ModelSize;

/** How large the layers of a model are, where options do not say. */
enum ModelPreset {
    /** The sizes of the recipe, measured on its data on a CPU. */
    CPU {
        @Override
        ModelSize size(ModelSize measured) {
            return measured;
        }
    },
    /** Some 37 million parameters, for hundreds of hours of sound. */
    GPU {
        @Override
        ModelSize size(ModelSize measured) {
            return new ModelSize(512, 640, 4, 4, 0.2f);
        }
    };

    abstract ModelSize size(ModelSize measured);
}
