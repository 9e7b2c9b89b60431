package io.github.djlctc.examples.common.train;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.examples.common.decoding.Decoding;

import java.util.List;
import java.util.Optional;

/**
 * The results of a training run.
 *
 * @param decodings the ways in which the test set was decoded
 * @param tests the errors of the best model on the test set, by each of them
 * @param epochs all epochs, also those before a resume
 * @param mean what the mean of the best epochs came to, if it was wanted
 * @param audit what the audit found
 * @param aligned a few samples of the test set with their posteriors, from the worst to the best
 */
public record TrainingOutcome(
        List<Decoding> decodings,
        List<Evaluation> tests,
        List<EpochResult> epochs,
        Optional<MeanResult> mean,
        LabelAuditReport audit,
        List<AlignedSample> aligned) {

    /**
     * Copies the lists.
     *
     * @param decodings the ways in which the test set was decoded
     * @param tests the errors of the best model on the test set, by each of them
     * @param epochs all epochs, also those before a resume
     * @param mean what the mean of the best epochs came to, if it was wanted
     * @param audit what the audit found
     * @param aligned a few samples of the test set
     */
    public TrainingOutcome {
        decodings = List.copyOf(decodings);
        tests = List.copyOf(tests);
        epochs = List.copyOf(epochs);
        aligned = List.copyOf(aligned);
    }
}
