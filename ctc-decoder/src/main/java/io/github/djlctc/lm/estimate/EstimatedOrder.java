package io.github.djlctc.lm.estimate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The n-grams of one order, by id.
 *
 * <p>Immutable: the arrays are not copied, but their creator does not change them.
 */
final class EstimatedOrder {

    private final NGramTable table;
    private final Discounts discounts;

    /** The log10 probability of each n-gram, by id. */
    private final float[] log10Probabilities;

    /** The log10 back-off weight of each n-gram, by id; all 0 for the highest order. */
    private final float[] log10Backoffs;

    /** The ids of the n-grams that are not pruned, in the order of an ARPA file. */
    private final int[] sequence;

    EstimatedOrder(
            NGramTable table,
            Discounts discounts,
            float[] log10Probabilities,
            float[] log10Backoffs,
            int[] sequence) {
        this.table = table;
        this.discounts = discounts;
        this.log10Probabilities = log10Probabilities;
        this.log10Backoffs = log10Backoffs;
        this.sequence = sequence;
    }

    /** Returns the n-grams and their counts. */
    NGramTable table() {
        return table;
    }

    /** Returns the discounts of this order. */
    Discounts discounts() {
        return discounts;
    }

    /** Returns the decimal logarithm of an n-gram's probability. */
    float log10Probability(int id) {
        return log10Probabilities[id];
    }

    /** Returns the decimal logarithm of an n-gram's back-off weight, 0 for the highest order. */
    float log10Backoff(int id) {
        return log10Backoffs[id];
    }

    /** Returns the number of n-grams that are not pruned. */
    int count() {
        return sequence.length;
    }

    /** Returns the ids of the n-grams that are not pruned, in the order of an ARPA file. */
    IntStream sequence() {
        return Arrays.stream(sequence);
    }
}
