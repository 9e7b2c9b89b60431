package io.github.djlctc.examples.common.train;

import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.monitor.EpochStatistics;
import io.github.djlctc.monitor.TrainingDiagnosis;

/**
 * The results of an epoch.
 *
 * @param epoch the epoch, from 1
 * @param trainingLoss the mean loss per label of the training samples
 * @param validationLoss the mean loss per label of the validation samples
 * @param characters the wrong characters of the validation samples
 * @param words the wrong words of the validation samples
 * @param statistics gradient norm, blank share and what else the monitor counted
 * @param diagnosis how training goes
 * @param learningRate the learning rate of its last step
 * @param seconds its duration, validation and saving included
 * @param times where the time of its training steps went
 * @param consistency the mean divergence between the two views of the training samples; null if
 *     they have one view
 * @param best whether its model is the best so far, and was saved
 */
public record EpochResult(
        int epoch,
        double trainingLoss,
        double validationLoss,
        ErrorCounts characters,
        ErrorCounts words,
        EpochStatistics statistics,
        TrainingDiagnosis diagnosis,
        double learningRate,
        double seconds,
        StepTimes times,
        Double consistency,
        boolean best) {

    /**
     * Returns what epochs are compared by.
     *
     * @return the mean of character and word error rate of the validation samples
     */
    public double meanErrorRate() {
        return Evaluation.meanErrorRate(characters, words);
    }

    /**
     * Returns where the time of the training steps went.
     *
     * @return the times; {@link StepTimes#UNKNOWN} in a file of an earlier version
     */
    @Override
    public StepTimes times() {
        return times == null ? StepTimes.UNKNOWN : times;
    }
}
