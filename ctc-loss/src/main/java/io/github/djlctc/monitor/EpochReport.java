package io.github.djlctc.monitor;

import java.util.List;

/**
 * What a {@link CTCMonitor} found in an epoch.
 *
 * @param statistics the figures
 * @param diagnosis what they say, together with those of the epochs before
 * @param skipped the steps that were left out
 */
public record EpochReport(
        EpochStatistics statistics, TrainingDiagnosis diagnosis, List<NonFiniteStep> skipped) {

    /**
     * Copies the steps.
     *
     * @param statistics the figures
     * @param diagnosis what they say, together with those of the epochs before
     * @param skipped the steps that were left out
     */
    public EpochReport {
        skipped = List.copyOf(skipped);
    }
}
