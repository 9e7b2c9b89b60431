package io.github.djlctc.examples.common.train;

import io.github.djlctc.audit.LabelAuditReport;

import java.util.List;

/**
 * The results of a training run.
 *
 * @param tests the errors of the best model on the test set, by each decoding
 * @param epochs all epochs, also those before a resume
 * @param audit what the audit found
 * @param aligned a few samples of the test set with their posteriors, from the worst to the best
 */
public record TrainingOutcome(
        List<Evaluation> tests,
        List<EpochResult> epochs,
        LabelAuditReport audit,
        List<AlignedSample> aligned) {

    /**
     * Copies the lists.
     *
     * @param tests the errors of the best model on the test set, by each decoding
     * @param epochs all epochs, also those before a resume
     * @param audit what the audit found
     * @param aligned a few samples of the test set
     */
    public TrainingOutcome {
        tests = List.copyOf(tests);
        epochs = List.copyOf(epochs);
        aligned = List.copyOf(aligned);
    }
}
