package io.github.djlctc.decode;

import io.github.djlctc.text.Whitespace;

import java.io.Serializable;
import java.util.Objects;

/**
 * A word or phrase that a decoder should favour. It matches whole words, or where the alphabet
 * {@linkplain io.github.djlctc.text.Alphabet#joinsWords() joins words}, any part of a text.
 *
 * @param phrase one or more words
 * @param weight the bonus for each occurrence of the phrase in a hypothesis, a natural logarithm
 *     from -500 to 500. At most 1 per character of the phrase counts (or 0.3 times the natural
 *     logarithm of the number of characters of the alphabet, if that is more), since more outweighs
 *     the emissions. A negative weight makes the phrase less likely
 * @serial exclude
 */
public record Hotword(String phrase, double weight) implements Serializable {

    /**
     * Checks the values.
     *
     * @param phrase one or more words
     * @param weight the bonus for each occurrence of the phrase
     * @throws IllegalArgumentException if the phrase is blank, or the weight out of its range
     */
    public Hotword {
        Objects.requireNonNull(phrase, "phrase");
        if (Whitespace.collapse(phrase).isEmpty()) {
            throw new IllegalArgumentException("a hotword is empty");
        }
        if (!(Math.abs(weight) <= TextWeights.GREATEST_SCORE)) {
            throw new IllegalArgumentException(
                    "the weight of hotword \""
                            + phrase
                            + "\" must be from -500 to 500, but is "
                            + weight);
        }
    }
}
