package io.github.djlctc.examples.common.train;

import io.github.djlctc.dataset.LabelAuditReport;

import java.util.List;

/**
 * What a training run came to.
 *
 * @param test the errors of the best model on the test set
 * @param epochs all epochs, also those before a resume
 * @param audit what the audit found
 * @param aligned a few samples of the test set with their posteriors, from the worst to the best
 */
public record TrainingOutcome(
        Evaluation test,
        List<EpochResult> epochs,
        LabelAuditReport audit,
        List<AlignedSample> aligned) {

    /**
     * Copies the lists.
     *
     * @param test the errors of the best model on the test set
     * @param epochs all epochs, also those before a resume
     * @param audit what the audit found
     * @param aligned a few samples of the test set
     */
    public TrainingOutcome {
        epochs = List.copyOf(epochs);
        aligned = List.copyOf(aligned);
    }
}
