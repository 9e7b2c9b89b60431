package io.github.djlctc.monitor;

/**
 * The statistics of an epoch of CTC training. Steps that were left out count in {@code steps} and
 * {@code skippedSteps} only. Means over nothing are NaN.
 *
 * @param epoch the epoch, from 1
 * @param steps the batches of the epoch
 * @param skippedSteps those whose loss or gradient was not finite
 * @param loss the mean training loss, over samples
 * @param lowestLoss the lowest loss of a single sample, not divided by its length
 * @param gradientNorm the mean of the global gradient norm before clipping
 * @param maxGradientNorm the highest gradient norm before clipping
 * @param clipRate the share of steps whose gradient was clipped
 * @param infeasibleShare the share of samples with an infinite loss
 * @param blankShare the share of frames whose most probable class is the blank
 * @param entropy the mean entropy of the posteriors of a frame, in nats: 0 (certain) to ln C
 * @param emptyOutputs among the samples with labels, the share whose greedy decoding is empty
 * @param singleLabelOutputs among the samples with two labels or more, the share whose greedy
 *     decoding is a single label
 */
public record EpochStatistics(
        int epoch,
        int steps,
        int skippedSteps,
        double loss,
        double lowestLoss,
        double gradientNorm,
        double maxGradientNorm,
        double clipRate,
        double infeasibleShare,
        double blankShare,
        double entropy,
        double emptyOutputs,
        double singleLabelOutputs) {}
