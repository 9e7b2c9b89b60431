package io.github.djlctc.examples.common.train;

import io.github.djlctc.monitor.NonFinitePolicy;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a model is trained.
 *
 * @param epochs the number of times every sample is seen
 * @param batches what a batch may hold
 * @param learningRate the highest learning rate, reached after the warm-up
 * @param warmUpSteps the steps over which the learning rate rises from 0; it then falls to 0 along
 *     a cosine until the last step
 * @param weightDecay AdamW's weight decay
 * @param maxGradientNorm the limit of the global gradient norm
 * @param nonFinite what happens at a loss or gradient that is NaN or infinite
 * @param patience the epochs without better validation errors after which training stops
 * @param seed decides initial parameters, dropout, the order of the batches and augmentation
 * @param consistencyWeight the weight of the consistency between two views of every sample; 0 for
 *     one view of each
 * @param folder where the best model is kept
 */
public record TrainingOptions(
        int epochs,
        BatchBounds batches,
        float learningRate,
        int warmUpSteps,
        float weightDecay,
        float maxGradientNorm,
        NonFinitePolicy nonFinite,
        int patience,
        long seed,
        double consistencyWeight,
        Path folder) {

    /**
     * Checks the ranges.
     *
     * @param epochs 1 or more
     * @param batches what a batch may hold
     * @param learningRate above 0, finite
     * @param warmUpSteps 0 or more
     * @param weightDecay 0 or more, finite
     * @param maxGradientNorm above 0, finite
     * @param nonFinite what happens at a loss or gradient that is NaN or infinite
     * @param patience 1 or more
     * @param seed any number
     * @param consistencyWeight 0 or more, finite
     * @param folder where the best model is kept
     */
    public TrainingOptions {
        check("epochs", epochs, epochs >= 1);
        Objects.requireNonNull(batches, "batches");
        check("learning rate", learningRate, learningRate > 0);
        check("warm-up", warmUpSteps, warmUpSteps >= 0);
        check("weight decay", weightDecay, weightDecay >= 0);
        check("limit of the gradient norm", maxGradientNorm, maxGradientNorm > 0);
        Objects.requireNonNull(nonFinite, "nonFinite");
        check("patience", patience, patience >= 1);
        check("weight of the consistency", consistencyWeight, consistencyWeight >= 0);
        Objects.requireNonNull(folder, "folder");
    }

    /**
     * Returns in how many views a batch holds each sample.
     *
     * @return 1, or 2 for their consistency
     */
    int views() {
        return consistencyWeight > 0 ? 2 : 1;
    }

    private static void check(String name, Number value, boolean inRange) {
        if (!inRange || Double.isInfinite(value.doubleValue())) {
            throw new IllegalArgumentException(name + ": " + value + " is out of range");
        }
    }
}
