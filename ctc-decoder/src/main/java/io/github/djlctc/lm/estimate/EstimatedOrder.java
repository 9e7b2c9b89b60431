package io.github.djlctc.lm.estimate;

/**
 * The n-grams of one order, by id.
 *
 * <p>Package-private and never changed once made, so the arrays are not copied.
 */
final class EstimatedOrder {

    final NGramTable table;
    final Discounts discounts;
    final float[] log10Probabilities;

    /** All 0 for the highest order. */
    final float[] log10Backoffs;

    /** The ids that are not pruned, in the order of an ARPA file. */
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
