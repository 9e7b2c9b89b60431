package io.github.djlctc.lm;

import java.util.List;
import java.util.Objects;

/**
 * The probability of a sentence, word by word.
 *
 * @param words the words of the sentence, and {@code </s>} if its end was scored
 */
public record SentenceQuery(List<WordProbability> words) {

    /**
     * Creates the result of a query.
     *
     * @param words the words of the sentence, and {@code </s>} if its end was scored
     */
    public SentenceQuery {
        Objects.requireNonNull(words, "words");
        words = List.copyOf(words);
    }

    /**
     * Returns the natural logarithm of the sentence's probability.
     *
     * @return the sum over all words, 0 if there is none
     */
    public double logProbability() {
        double sum = 0;
        for (WordProbability word : words) {
            sum += word.logProbability();
        }
        return sum;
    }

    /**
     * Returns the logarithm of the sentence's probability to the base 10.
     *
     * @return the sum over all words, 0 if there is none
     */
    public double log10() {
        return logProbability() / NGramModel.LN_10;
    }

    /**
     * Counts the words that the model does not know.
     *
     * @return their number
     */
    public int unknownWords() {
        int unknown = 0;
        for (WordProbability word : words) {
            unknown += word.known() ? 0 : 1;
        }
        return unknown;
    }

    /**
     * Returns the perplexity: the inverse of the geometric mean of the words' probabilities.
     *
     * @return the perplexity, 1 or more; NaN if there is no word
     */
    public double perplexity() {
        return Math.exp(-logProbability() / words.size());
    }

    /**
     * Returns the perplexity of the words that the model knows. Unknown words remain in their
     * contexts.
     *
     * @return the perplexity, 1 or more; NaN if there is no such word
     */
    public double perplexityWithoutUnknown() {
        return new SentenceQuery(words.stream().filter(WordProbability::known).toList())
                .perplexity();
    }
}
