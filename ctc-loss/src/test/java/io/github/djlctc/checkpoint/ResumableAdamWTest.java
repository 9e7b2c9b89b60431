package io.github.djlctc.checkpoint;

import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.host.Reading;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ResumableAdamWTest {

    private static final int STEPS = 60;

    @Test
    void equalsAdamWOfDjlBitForBit() {
        assertSame(Optimizer.adamW().build(), ResumableAdamW.builder().build());
        assertSame(
                Optimizer.adamW()
                        .optLearningRateTracker(halving())
                        .optWeightDecays(0.1f)
                        .optBeta1(0.8f)
                        .optBeta2(0.98f)
                        .optEpsilon(1e-4f)
                        .optClipGrad(0.01f)
                        .optBeginNumUpdate(7)
                        .build(),
                ResumableAdamW.builder()
                        .optLearningRateTracker(halving())
                        .optWeightDecays(0.1f)
                        .optBeta1(0.8f)
                        .optBeta2(0.98f)
                        .optEpsilon(1e-4f)
                        .optClipGrad(0.01f)
                        .optBeginNumUpdate(7)
                        .build());
    }

    @Test
    void withoutWeightDecayIsAdamOfDjl() {
        assertSame(
                Optimizer.adam().optLearningRateTracker(halving()).build(),
                ResumableAdamW.builder()
                        .optLearningRateTracker(halving())
                        .optWeightDecays(0)
                        .build());
    }

    @Test
    void countsUpdates() {
        ResumableAdamW optimizer = ResumableAdamW.builder().build();
        try (LinearTraining training = new LinearTraining(optimizer)) {
            assertThat(optimizer.updates()).isZero();
            training.steps(0, 3);
            assertThat(optimizer.updates()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void releasesItsMomentsWhenClosed(Reading reading) {
        ResumableAdamW optimizer = ResumableAdamW.builder().build();
        try (LinearTraining training = new LinearTraining(optimizer)) {
            NDManager manager = training.model.getNDManager();
            reading.during(() -> training.steps(0, 3));
            int before = manager.getManagedArrays().size();
            optimizer.close();
            // Two moments of two weights and two biases.
            assertThat(manager.getManagedArrays()).hasSize(before - 8);
        }
    }

    @Test
    void refusesALearningRateThatIsNotFinite() {
        ResumableAdamW optimizer =
                ResumableAdamW.builder().optLearningRateTracker(Tracker.fixed(Float.NaN)).build();
        try (LinearTraining training = new LinearTraining(optimizer)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> training.step(0))
                    .withMessage(
                            "update 1: learning rate NaN, weight decay 0.01; both must be"
                                    + " finite");
        }
    }

    private static Tracker halving() {
        return Tracker.factor().setBaseValue(0.02f).setFactor(0.95f).build();
    }

    private static void assertSame(Optimizer expected, Optimizer actual) {
        try (LinearTraining theirs = new LinearTraining(expected);
                LinearTraining ours = new LinearTraining(actual)) {
            theirs.steps(0, STEPS);
            ours.steps(0, STEPS);
            assertThat(ours.parameters()).isEqualTo(theirs.parameters());
        }
    }
}
