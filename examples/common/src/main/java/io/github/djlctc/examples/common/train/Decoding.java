package io.github.djlctc.examples.common.train;

import io.github.djlctc.decode.CTCDecoder;

/**
 * A way to get texts from logits.
 *
 * @param name what reports call it
 * @param decoder finds the text
 */
public record Decoding(String name, CTCDecoder decoder) {

    /**
     * Returns the likeliest class of each frame.
     *
     * @param model the model
     * @return its greedy decoder
     */
    public static Decoding greedy(RecognitionModel model) {
        return new Decoding("greedy", model.decoder());
    }
}
