package io.github.djlctc.lm;

import java.util.Objects;

/**
 * The probability of a word in a sentence.
 *
 * @param word the word
 * @param known whether the model knows the word
 * @param order the length of the longest n-gram of the model that ends in this word here, 1 or
 *     more; 1 for an unknown word, unless the model has n-grams with {@code <unk>}
 * @param logProbability the natural logarithm of the word's probability after those before it
 */
public record WordProbability(String word, boolean known, int order, double logProbability) {

    /**
     * Checks that nothing is null.
     *
     * @param word the word
     * @param known whether the model knows the word
     * @param order the length of the longest n-gram of the model that ends in this word here, 1 or
     *     more; 1 for an unknown word, unless the model has n-grams with {@code <unk>}
     * @param logProbability the natural logarithm of the word's probability after those before it
     */
    public WordProbability {
        Objects.requireNonNull(word, "word");
    }

    /**
     * Returns the logarithm to the base 10, as language-model files and tools give it.
     *
     * @return the logarithm of the word's probability to the base 10
     */
    public double log10() {
        return logProbability / NGramModel.LN_10;
    }
}
