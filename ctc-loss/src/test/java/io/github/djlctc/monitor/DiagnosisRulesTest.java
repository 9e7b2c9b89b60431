package io.github.djlctc.monitor;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The diagnosis of each epoch of invented trainings. */
class DiagnosisRulesTest {

    private static final double NONE = Double.NaN;

    private final List<EpochStatistics> epochs = new ArrayList<>();
    private final List<TrainingDiagnosis> diagnoses = new ArrayList<>();
    private final DiagnosisRules rules = new DiagnosisRules(3);

    @Test
    void aPlateauThatTheModelLeavesIsNoCollapse() {
        for (double loss : new double[] {3.2, 3.0, 2.95, 2.9, 2.85}) {
            epoch(loss, 1, 0);
        }
        epoch(2.5, 0.95, 0.05);
        epoch(1.9, 0.3, 0.5);
        epoch(1.2, 0.01, 0.02);
        assertThat(diagnoses.subList(0, 6)).containsOnly(TrainingDiagnosis.BLANK_PLATEAU);
        assertThat(diagnoses.subList(6, 8)).containsOnly(TrainingDiagnosis.HEALTHY);
    }

    @Test
    void blanksAfterTheLossHasStoppedFallingAreACollapse() {
        for (double loss : new double[] {3.2, 2.9, 2.9, 2.89, 2.9, 2.91}) {
            epoch(loss, 1, 0);
        }
        assertThat(diagnoses.subList(0, 4)).containsOnly(TrainingDiagnosis.BLANK_PLATEAU);
        assertThat(diagnoses.subList(4, 6)).containsOnly(TrainingDiagnosis.COLLAPSED_TO_BLANK);
    }

    @Test
    void aModelThatSpokeMayCollapseLater() {
        epoch(3, 1, 0);
        epoch(1.5, 0, 0);
        epoch(1, 0, 0);
        for (int i = 0; i < 3; i++) {
            epoch(3, 1, 0);
        }
        assertThat(diagnoses)
                .containsExactly(
                        TrainingDiagnosis.BLANK_PLATEAU,
                        TrainingDiagnosis.HEALTHY,
                        TrainingDiagnosis.HEALTHY,
                        TrainingDiagnosis.BLANK_PLATEAU,
                        TrainingDiagnosis.BLANK_PLATEAU,
                        TrainingDiagnosis.COLLAPSED_TO_BLANK);
    }

    @Test
    void oneLabelIsATransitionUnlessTheLossHasStopped() {
        epoch(3, 0, 1);
        epoch(2.8, 0, 1);
        epoch(2.6, 0, 1);
        epoch(2.4, 0, 1);
        assertThat(diagnoses).containsOnly(TrainingDiagnosis.HEALTHY);
        for (int i = 0; i < 3; i++) {
            epoch(2.39, 0.05, 0.95);
        }
        assertThat(diagnoses.get(6)).isEqualTo(TrainingDiagnosis.ONE_LABEL_THEN_BLANKS);
    }

    @Test
    void aNegativeLossComesFirst() {
        add(new EpochStatistics(1, 10, 9, -2, -3, 1, 1, 0, 0.5, 1, 0, 1, 0));
        add(new EpochStatistics(2, 10, 0, 0, -1e-6, 1, 1, 0, 0, 0.5, 0, 0, 0));
        assertThat(diagnoses)
                .containsExactly(TrainingDiagnosis.NEGATIVE_LOSS, TrainingDiagnosis.HEALTHY);
    }

    @Test
    void manySkippedStepsOrInfeasibleSamplesAreNamed() {
        add(new EpochStatistics(1, 100, 5, 2, 1, 1, 1, 0, 0.5, 1, 0, 1, 0));
        add(new EpochStatistics(2, 100, 4, 2, 1, 1, 1, 0, 0.05, 1, 0, 1, 0));
        add(new EpochStatistics(3, 100, 4, 2, 1, 1, 1, 0, 0.04, 0.7, 0, 0, 0));
        // Every step skipped: nothing is known.
        add(
                new EpochStatistics(
                        4, 9, 9, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE));
        // No step at all, or nothing but empty targets.
        add(
                new EpochStatistics(
                        5, 0, 0, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE));
        assertThat(diagnoses)
                .containsExactly(
                        TrainingDiagnosis.SKIPPED_STEPS,
                        TrainingDiagnosis.INFEASIBLE_TARGETS,
                        TrainingDiagnosis.HEALTHY,
                        TrainingDiagnosis.SKIPPED_STEPS,
                        TrainingDiagnosis.HEALTHY);
    }

    private void epoch(double loss, double emptyOutputs, double singleLabelOutputs) {
        int epoch = epochs.size() + 1;
        add(
                new EpochStatistics(
                        epoch,
                        10,
                        0,
                        loss,
                        loss,
                        1,
                        2,
                        0.1,
                        0,
                        0.9,
                        1,
                        emptyOutputs,
                        singleLabelOutputs));
    }

    private void add(EpochStatistics statistics) {
        epochs.add(statistics);
        diagnoses.add(rules.diagnose(epochs));
    }
}
