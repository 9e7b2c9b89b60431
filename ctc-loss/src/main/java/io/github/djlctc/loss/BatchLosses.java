package io.github.djlctc.loss;

import io.github.djlctc.batch.CTCBatch;

/** The losses of a batch on the host: one number for all, and one for each sample. */
public final class BatchLosses {

    private final CTCBatch batch;

    /** The reduced loss, then the loss of each sample. */
    private final double[] values;

    private final boolean leftOut;

    /**
     * Creates the losses of a batch.
     *
     * @param values the reduced loss, followed by the loss of every sample before infinite ones
     *     were dropped
     * @param leftOut whether accumulators take no notice of the losses
     */
    BatchLosses(CTCBatch batch, double[] values, boolean leftOut) {
        this.batch = batch;
        this.values = values;
        this.leftOut = leftOut;
    }

    /**
     * Returns the targets and lengths of the batch.
     *
     * @return the targets and lengths
     */
    public CTCBatch batch() {
        return batch;
    }

    /**
     * Returns the loss that the batch was trained on.
     *
     * @return the loss, reduced as the {@link Reduction} says
     */
    public double reduced() {
        return values[0];
    }

    /**
     * Returns the loss of a sample, before infinite ones were dropped.
     *
     * @param sample the sample, 0 to N-1
     * @return the loss; infinite if no alignment fits, whatever the {@link InfeasiblePolicy}
     */
    public double of(int sample) {
        return values[sample + 1];
    }

    boolean isInfinite(int sample) {
        return of(sample) == Double.POSITIVE_INFINITY;
    }

    boolean isLeftOut() {
        return leftOut;
    }
}
