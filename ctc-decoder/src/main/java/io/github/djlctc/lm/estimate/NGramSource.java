package io.github.djlctc.lm.estimate;

import java.io.IOException;

/**
 * The n-grams of a text that was counted elsewhere.
 *
 * <p>For each word of the text and each end of a sentence, {@code </s>}, there is the n-gram that
 * ends with it: as many words as the model's order, or fewer and {@code <s>} before them at the
 * start of a sentence. For order 3 those of the line {@code a b c} are {@code <s> a}, {@code <s> a
 * b}, {@code a b c} and {@code b c </s>}; for order 1, {@code a}, {@code b}, {@code c} and {@code
 * </s>}.
 *
 * <p>They come in any order, and an n-gram may come in parts whose counts add up.
 */
@FunctionalInterface
public interface NGramSource {

    /**
     * Adds all n-grams.
     *
     * @param collector takes them, until this method returns
     * @throws IOException if they cannot be read or the collector throws it
     */
    void addTo(NGramCollector collector) throws IOException;
}
