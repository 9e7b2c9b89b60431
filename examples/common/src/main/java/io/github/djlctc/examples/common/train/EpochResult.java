package io.github.djlctc.examples.common.train;

import io.github.djlctc.training.EpochReport;

/**
 * What an epoch came to.
 *
 * @param epoch the epoch, from 1
 * @param trainingLoss the mean loss per label of the training samples
 * @param validation the errors on the validation samples
 * @param monitor gradient norm, blank share and how training goes
 * @param learningRate the learning rate of its last step
 * @param seconds its duration
 * @param best whether its model is the best so far, and was saved
 */
public record EpochResult(
        int epoch,
        double trainingLoss,
        Evaluation validation,
        EpochReport monitor,
        double learningRate,
        double seconds,
        boolean best) {}
