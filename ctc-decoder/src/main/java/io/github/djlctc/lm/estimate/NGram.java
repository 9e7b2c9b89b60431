package io.github.djlctc.lm.estimate;

import java.util.List;
import java.util.Objects;

/**
 * An n-gram of a back-off model.
 *
 * @param words its words, from first to last
 * @param log10Probability the decimal logarithm of the last word's probability after the others
 * @param log10Backoff the decimal logarithm of the back-off weight, for words that the model does
 *     not list after these words; 0 for n-grams of the highest order
 */
public record NGram(List<String> words, float log10Probability, float log10Backoff) {

    /**
     * Creates an n-gram.
     *
     * @param words its words, from first to last
     * @param log10Probability the decimal logarithm of the last word's probability
     * @param log10Backoff the decimal logarithm of the back-off factor
     */
    public NGram {
        Objects.requireNonNull(words, "words");
        words = List.copyOf(words);
    }
}
