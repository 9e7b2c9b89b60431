package io.github.djlctc.loss;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.EmissionLayout;

/** The options of a {@link CTCLoss} that every algorithm needs. */
record LossSettings(
        int blank,
        EmissionLayout layout,
        Reduction reduction,
        InfeasiblePolicy infeasiblePolicy,
        double labelSmoothing,
        double blankRegularization) {

    boolean isRegularized() {
        return labelSmoothing != 0 || blankRegularization != 0;
    }

    boolean isTimeMajor() {
        return layout == EmissionLayout.TIME_MAJOR;
    }

    boolean dropsInfinite() {
        return infeasiblePolicy == InfeasiblePolicy.ZERO;
    }

    /** Returns the weight of every sample's loss in the reduced loss. */
    double[] weights(CTCBatch batch) {
        double[] weights = new double[batch.size()];
        for (int n = 0; n < weights.length; n++) {
            weights[n] = reduction.weight(batch.targetLength(n), weights.length);
        }
        return weights;
    }

    /**
     * Returns how many frames of a sample are read: none if the sample is dropped, since a NaN in
     * it would reach the gradient.
     */
    int readFrames(CTCBatch batch, int sample) {
        boolean dropped = dropsInfinite() && !batch.hasEnoughFrames(sample);
        return dropped ? 0 : batch.inputLength(sample);
    }
}
