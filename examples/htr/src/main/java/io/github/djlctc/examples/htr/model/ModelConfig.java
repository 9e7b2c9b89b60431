package io.github.djlctc.examples.htr.model;

import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.text.LetterCase;

import java.util.Objects;

/**
 * The configuration that is saved with the parameters and the alphabet of a model.
 *
 * @param size the sizes of its layers
 * @param shortcutWeight the weight of the loss of the CTC shortcut; 0 if the model has none
 * @param letterCase what it does with letters of transcripts; the alphabet's file cannot hold it
 * @param intermediate the CTC heads between its LSTM layers; null if there are none
 */
public record ModelConfig(
        ModelSize size,
        float shortcutWeight,
        LetterCase letterCase,
        IntermediateConfig intermediate) {

    /**
     * Checks that nothing is missing or out of range, and that heads have a place.
     *
     * @param size the sizes of its layers
     * @param shortcutWeight 0 to 10
     * @param letterCase what it does with letters of transcripts
     * @param intermediate the CTC heads between its LSTM layers, or null
     */
    public ModelConfig {
        Objects.requireNonNull(size, "the sizes are missing");
        Objects.requireNonNull(letterCase, "the letter case is missing or unknown");
        if (!(shortcutWeight >= 0 && shortcutWeight <= 10)) {
            throw new IllegalArgumentException(
                    "the weight of the CTC shortcut, " + shortcutWeight + ", is not from 0 to 10");
        }
        if (intermediate != null) {
            intermediate.checkLayers(size.layers());
        }
    }

    /**
     * Creates the configuration of a model without heads between its LSTM layers.
     *
     * @param size the sizes of its layers
     * @param shortcutWeight 0 to 10
     * @param letterCase what it does with letters of transcripts
     */
    public ModelConfig(ModelSize size, float shortcutWeight, LetterCase letterCase) {
        this(size, shortcutWeight, letterCase, null);
    }

    /** {@return whether the model has the auxiliary head} */
    public boolean hasShortcut() {
        return shortcutWeight > 0;
    }
}
