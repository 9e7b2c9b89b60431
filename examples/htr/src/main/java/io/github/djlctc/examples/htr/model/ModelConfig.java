package io.github.djlctc.examples.htr.model;

import io.github.djlctc.text.LetterCase;

import java.util.Objects;

/**
 * The configuration that is saved with the parameters and the alphabet of a model.
 *
 * @param size the sizes of its layers
 * @param shortcutWeight the weight of the loss of the CTC shortcut; 0 if the model has none
 * @param letterCase what it does with letters of transcripts; the alphabet's file cannot hold it
 */
public record ModelConfig(ModelSize size, float shortcutWeight, LetterCase letterCase) {

    /**
     * Checks that nothing is missing or out of range.
     *
     * @param size the sizes of its layers
     * @param shortcutWeight 0 to 10
     * @param letterCase what it does with letters of transcripts
     */
    public ModelConfig {
        Objects.requireNonNull(size, "the sizes are missing");
        Objects.requireNonNull(letterCase, "the letter case is missing or unknown");
        if (!(shortcutWeight >= 0 && shortcutWeight <= 10)) {
            throw new IllegalArgumentException(
                    "the weight of the CTC shortcut, " + shortcutWeight + ", is not from 0 to 10");
        }
    }

    /** {@return whether the model has the auxiliary head} */
    public boolean hasShortcut() {
        return shortcutWeight > 0;
    }
}
