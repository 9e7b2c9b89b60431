package io.github.djlctc.translate;

import ai.djl.Model;

import io.github.djlctc.text.Alphabet;

import java.util.Objects;
import java.util.Optional;

/**
 * Keeps the alphabet of a model with it: in properties, which {@link Model#save} writes into the
 * file of the parameters, and {@link Model#load} reads.
 */
public final class ModelAlphabet {

    private static final String PARTS = "ctc.alphabet.parts";
    private static final String PART = "ctc.alphabet.";

    /** DJL stores at most 65,535 bytes of a property, and a UTF-16 code unit takes up to 3. */
    private static final int PART_LENGTH = 21_000;

    private ModelAlphabet() {}

    /**
     * Gives a model its alphabet, in place of an earlier one.
     *
     * @param model the model; what it is saved as from now on holds the alphabet
     * @param alphabet what its classes stand for, with all settings
     */
    public static void set(Model model, Alphabet alphabet) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(alphabet, "alphabet");
        String json = alphabet.toJson();
        int parts = 0;
        for (int start = 0; start < json.length(); start += PART_LENGTH) {
            int end = Math.min(json.length(), start + PART_LENGTH);
            model.setProperty(PART + parts, json.substring(start, end));
            parts++;
        }
        model.setProperty(PARTS, Integer.toString(parts));
    }

    /**
     * Returns the alphabet that a model was given before it was saved, or since.
     *
     * @param model the model, loaded
     * @return the alphabet with all its settings; nothing if the model was given none
     * @throws IllegalArgumentException if the model's properties hold no whole alphabet
     */
    public static Optional<Alphabet> of(Model model) {
        Objects.requireNonNull(model, "model");
        String parts = model.getProperty(PARTS);
        if (parts == null) {
            return Optional.empty();
        }
        StringBuilder json = new StringBuilder();
        for (int part = 0; part < Integer.parseInt(parts); part++) {
            json.append(model.getProperty(PART + part));
        }
        return Optional.of(Alphabet.ofJson(json.toString()));
    }
}
