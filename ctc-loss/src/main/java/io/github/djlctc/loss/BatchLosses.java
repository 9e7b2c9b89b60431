package io.github.djlctc.loss;

import io.github.djlctc.dataset.CTCBatch;

/** The losses of a batch on the host: one number for all, and one for each sample. */
final class BatchLosses {

    private final CTCBatch batch;
    private final double[] values;

    /**
     * Creates the losses of a batch.
     *
     * @param values the reduced loss, followed by the loss of every sample before infinite ones
     *     were dropped
     */
    BatchLosses(CTCBatch batch, double[] values) {
        this.batch = batch;
        this.values = values;
    }

    CTCBatch batch() {
        return batch;
    }

    double reduced() {
        return values[0];
    }

    boolean isInfinite(int sample) {
        return values[sample + 1] == Double.POSITIVE_INFINITY;
    }
}
