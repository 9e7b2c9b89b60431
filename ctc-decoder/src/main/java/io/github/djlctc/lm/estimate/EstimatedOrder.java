package io.github.djlctc.lm.estimate;

/**
 * The n-grams of one order, by id.
 *
 * <p>The arrays are not copied, since only this package sees them, and nothing changes them.
 */
final class EstimatedOrder {

    final NGramTable table;
    final Discounts discounts;

    /** The log10 probability of each n-gram, by id. */
    final float[] log10Probabilities;

    /** The log10 back-off weight of each n-gram, by id; all 0 for the highest order. */
    final float[] log10Backoffs;

    /** The ids of the n-grams that are not pruned, in the order of an ARPA file. */
    final int[] sequence;

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
}
