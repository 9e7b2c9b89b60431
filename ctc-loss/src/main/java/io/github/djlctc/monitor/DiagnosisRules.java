package io.github.djlctc.monitor;

import java.util.List;
import java.util.function.Predicate;

/** Concludes from the statistics of the epochs how training goes. */
final class DiagnosisRules {

    private static final double MOST = 0.9;
    private static final double MANY = 0.05;
    // A normalised loss is 0 or more; float32 may round it to a little less.
    private static final double NEGATIVE = -1e-3;
    // A loss that falls by less than 1 % over the patience has stopped falling.
    private static final double FALLING = 0.99;

    private final int patience;

    DiagnosisRules(int patience) {
        this.patience = patience;
    }

    /**
     * Returns the diagnosis after the last of the epochs.
     *
     * @param epochs all epochs so far, at least one
     */
    TrainingDiagnosis diagnose(List<EpochStatistics> epochs) {
        EpochStatistics latest = epochs.get(epochs.size() - 1);
        if (latest.lowestLoss() < NEGATIVE) {
            return TrainingDiagnosis.NEGATIVE_LOSS;
        }
        if (latest.skippedSteps() > 0 && latest.skippedSteps() >= MANY * latest.steps()) {
            return TrainingDiagnosis.SKIPPED_STEPS;
        }
        if (latest.infeasibleShare() >= MANY) {
            return TrainingDiagnosis.INFEASIBLE_TARGETS;
        }
        boolean stalled = hasStalled(epochs);
        if (isEmpty(latest)) {
            return stalled && lasts(epochs, DiagnosisRules::isEmpty)
                    ? TrainingDiagnosis.COLLAPSED_TO_BLANK
                    : TrainingDiagnosis.BLANK_PLATEAU;
        }
        return stalled && lasts(epochs, e -> e.singleLabelOutputs() >= MOST)
                ? TrainingDiagnosis.ONE_LABEL_THEN_BLANKS
                : TrainingDiagnosis.HEALTHY;
    }

    private static boolean isEmpty(EpochStatistics epoch) {
        return epoch.emptyOutputs() >= MOST;
    }

    private boolean lasts(List<EpochStatistics> epochs, Predicate<EpochStatistics> condition) {
        return recent(epochs).stream().allMatch(condition);
    }

    private boolean hasStalled(List<EpochStatistics> epochs) {
        if (epochs.size() <= patience) {
            return false;
        }
        double before = lowest(epochs.subList(0, epochs.size() - patience));
        return lowest(recent(epochs)) > FALLING * before;
    }

    private List<EpochStatistics> recent(List<EpochStatistics> epochs) {
        return epochs.subList(Math.max(0, epochs.size() - patience), epochs.size());
    }

    private static double lowest(List<EpochStatistics> epochs) {
        double lowest = Double.POSITIVE_INFINITY;
        for (EpochStatistics epoch : epochs) {
            // Math.min would return NaN, the mean of an epoch in which all steps were skipped.
            lowest = epoch.loss() < lowest ? epoch.loss() : lowest;
        }
        return lowest;
    }
}
