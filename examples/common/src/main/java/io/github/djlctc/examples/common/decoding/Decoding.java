package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.CTCDecoder;

/**
 * A way to get texts from logits.
 *
 * @param name what reports call it
 * @param decoder finds the text
 */
public record Decoding(String name, CTCDecoder decoder) {

    /** What reports call greedy decoding. */
    private static final String GREEDY = "greedy";

    /**
     * Names a decoder that takes the likeliest class of each frame.
     *
     * @param decoder the greedy decoder of a model
     * @return the decoder with its name
     */
    public static Decoding greedy(CTCDecoder decoder) {
        return new Decoding(GREEDY, decoder);
    }
}
