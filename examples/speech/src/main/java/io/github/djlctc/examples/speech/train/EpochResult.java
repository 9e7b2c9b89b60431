package io.github.djlctc.examples.speech.train;

/**
 * What an epoch came to.
 *
 * @param epoch the epoch, from 1
 * @param trainingLoss the mean loss per label of the training utterances
 * @param validation the errors on the validation utterances
 * @param gradientNorm the mean gradient norm before clipping
 * @param learningRate the learning rate of its last step
 * @param seconds its duration
 * @param best whether its model is the best so far, and was saved
 */
public record EpochResult(
        int epoch,
        double trainingLoss,
        Evaluation validation,
        double gradientNorm,
        double learningRate,
        double seconds,
        boolean best) {}
