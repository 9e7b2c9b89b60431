package io.github.djlctc.examples.common.train;

import ai.djl.Device;

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
 * @param concatenatedShare the share of the training samples that follow each other in one sample,
 *     two by two; fewer of them if pairs would be longer than the longest sample or a batch may be,
 *     or too short for both targets
 * @param averaging what is averaged
 * @param folder where the best model is kept
 * @param replicas the threads that train on the CPU, each with a share of every batch
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
        double concatenatedShare,
        Averaging averaging,
        Path folder,
        int replicas) {

    private static final double MOST_CONSISTENCY = 100;

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
     * @param consistencyWeight 0 to 100
     * @param concatenatedShare 0 to 1
     * @param averaging what is averaged
     * @param folder where the best model is kept
     * @param replicas 1 or more
     */
    public TrainingOptions {
        check("epochs", epochs, "1 or more", epochs >= 1);
        Objects.requireNonNull(batches, "batches");
        check("learning rate", learningRate, "above 0", learningRate > 0);
        check("warm-up", warmUpSteps, "0 or more", warmUpSteps >= 0);
        check("weight decay", weightDecay, "0 or more", weightDecay >= 0);
        check("limit of the gradient norm", maxGradientNorm, "above 0", maxGradientNorm > 0);
        Objects.requireNonNull(nonFinite, "nonFinite");
        check("patience", patience, "1 or more", patience >= 1);
        boolean isWeight = consistencyWeight >= 0 && consistencyWeight <= MOST_CONSISTENCY;
        check("weight of the consistency", consistencyWeight, "0 to 100", isWeight);
        boolean isShare = concatenatedShare >= 0 && concatenatedShare <= 1;
        check("share of concatenated samples", concatenatedShare, "0 to 1", isShare);
        Objects.requireNonNull(averaging, "averaging");
        Objects.requireNonNull(folder, "folder");
        check("replicas", replicas, "1 or more", replicas >= 1);
    }

    /**
     * Returns in how many views a batch holds each sample.
     *
     * @return 1, or 2 for their consistency
     */
    int views() {
        return consistencyWeight > 0 ? 2 : 1;
    }

    /**
     * Returns how many threads train on a device.
     *
     * @param device where the model is
     * @return the replicas on the CPU, as far as a batch has samples for them; 1 elsewhere
     */
    public int replicasOn(Device device) {
        return device.equals(Device.cpu()) ? Math.min(replicas, batches.samples()) : 1;
    }

    private static void check(String name, Number value, String range, boolean inRange) {
        if (!inRange || Double.isInfinite(value.doubleValue())) {
            throw new IllegalArgumentException(
                    name + ": " + value + " is out of range, " + range + " expected");
        }
    }
}
