package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.listener.EvaluatorTrainingListener;

import io.github.djlctc.batch.CTCInputException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Accumulators as DJL's {@link EvaluatorTrainingListener} uses them. */
class CTCLossMetricsTest {

    private static final String TRAIN = EvaluatorTrainingListener.TRAIN_EPOCH;
    private static final String VALIDATE = EvaluatorTrainingListener.VALIDATE_EPOCH;
    private static final String[] TRAINING_KEYS = {
        TRAIN, EvaluatorTrainingListener.TRAIN_PROGRESS, EvaluatorTrainingListener.TRAIN_ALL
    };

    private NDManager manager;
    private CTCLoss loss;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager();
        loss = withAccumulators(CTCLoss.builder().build());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void metricsOfTheBatchJustEvaluatedNeedNoSecondRun() {
        NDList labels = labels(new long[][] {{1, 2}});
        NDList predictions = new NDList(logits(1));
        float expected = loss.evaluate(labels, predictions).getFloat();
        // Closed logits cannot be run again.
        predictions.head().close();
        loss.updateAccumulators(TRAINING_KEYS, labels, predictions);
        for (String key : TRAINING_KEYS) {
            assertThat(loss.getAccumulator(key)).isEqualTo(expected);
        }
    }

    @Test
    void aBatchIsLeftOutOfTheMeansThatHaveItAndThoseThatGetItLater() {
        NDList labels = labels(new long[][] {{1, 2}});
        NDList good = new NDList(logits(1));
        float expected = loss.evaluate(labels, good).getFloat();
        loss.updateAccumulators(TRAINING_KEYS, labels, good);
        NDList bad = new NDList(logits(2).mul(Float.NaN));
        loss.evaluate(labels, bad);
        loss.updateAccumulator(TRAIN, labels, bad);
        assertThat(loss.getAccumulator(TRAIN)).isNaN();

        loss.leaveOut(labels, bad);
        loss.updateAccumulator(VALIDATE, labels, bad);

        assertThat(loss.losses(labels, bad).reduced()).isNaN();
        assertThat(loss.getAccumulator(TRAIN)).isEqualTo(expected);
        assertThat(loss.getAccumulator(VALIDATE)).isNaN();
        loss.updateAccumulators(new String[] {TRAIN, VALIDATE}, labels, good);
        assertThat(loss.getAccumulator(TRAIN)).isEqualTo(expected);
        assertThat(loss.getAccumulator(VALIDATE)).isEqualTo(expected);
    }

    @Test
    void onlyTheLatestBatchIsLeftOut() {
        NDList labels = labels(new long[][] {{1, 2}});
        NDList first = new NDList(logits(1));
        loss.evaluate(labels, first);
        loss.updateAccumulator(TRAIN, labels, first);
        float mean = loss.getAccumulator(TRAIN);
        loss.evaluate(labels, new NDList(logits(2)));
        loss.leaveOut(labels, first);
        assertThat(loss.getAccumulator(TRAIN)).isEqualTo(mean);
    }

    @Test
    void theReturnedLossBelongsToTheCaller() {
        NDList labels = labels(new long[][] {{1, 2}});
        NDList predictions = new NDList(logits(1));
        NDArray value = loss.evaluate(labels, predictions);
        float expected = value.getFloat();
        value.close();
        loss.updateAccumulators(TRAINING_KEYS, labels, predictions);
        assertThat(loss.getAccumulator(TRAIN)).isEqualTo(expected);
    }

    @Test
    void metricsOfOtherArraysAreComputed() {
        NDList labels = labels(new long[][] {{1, 2}});
        NDList evaluated = new NDList(logits(1));
        loss.evaluate(labels, evaluated);
        NDList others = new NDList(logits(2));
        loss.updateAccumulator(TRAIN, labels, others);
        float expected = CTCLoss.builder().build().evaluate(labels, others).getFloat();
        assertThat(loss.getAccumulator(TRAIN)).isEqualTo(expected);

        NDList copies = new NDList(evaluated.head().duplicate());
        copies.head().close();
        assertThatThrownBy(() -> loss.updateAccumulator(TRAIN, labels, copies))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void metricsOutliveTheArraysOfTheirBatch() {
        float expected;
        try (NDManager batch = manager.newSubManager()) {
            NDList labels = labels(new long[][] {{1, 2}});
            NDList predictions = new NDList(logits(1));
            labels.attach(batch);
            predictions.attach(batch);
            expected = loss.evaluate(labels, predictions).getFloat();
            loss.updateAccumulators(TRAINING_KEYS, labels, predictions);
        }
        loss.updateAccumulator(VALIDATE, labels(new long[][] {{1, 2}}), new NDList(logits(2)));
        assertThat(loss.getAccumulator(TRAIN)).isEqualTo(expected);
    }

    @Test
    void meanIsOverSamplesWhateverTheBatches() {
        long[][] targets = {{1, 2}, {2, 1}, {1, 1}, {2, 2}};
        NDList all = new NDList(logits(1, 2, 3, 4));
        loss.updateAccumulator(TRAIN, labels(targets), all);
        loss.updateAccumulator(
                VALIDATE,
                labels(new long[][] {targets[0], targets[1], targets[2]}),
                new NDList(logits(1, 2, 3)));
        loss.updateAccumulator(VALIDATE, labels(new long[][] {targets[3]}), new NDList(logits(4)));
        assertThat(loss.getAccumulator(VALIDATE))
                .isCloseTo(loss.getAccumulator(TRAIN), within(1e-6f));
    }

    @Test
    void sumIsAveragedOverBatches() {
        CTCLoss sum = withAccumulators(CTCLoss.builder().optReduction(Reduction.SUM).build());
        NDList two = new NDList(logits(1, 2));
        NDList one = new NDList(logits(3));
        NDList labelsOfTwo = labels(new long[][] {{1, 2}, {2, 1}});
        NDList labelsOfOne = labels(new long[][] {{1, 1}});
        sum.updateAccumulator(TRAIN, labelsOfTwo, two);
        sum.updateAccumulator(TRAIN, labelsOfOne, one);
        float expected =
                (sum.evaluate(labelsOfTwo, two).getFloat()
                                + sum.evaluate(labelsOfOne, one).getFloat())
                        / 2;
        assertThat(sum.getAccumulator(TRAIN)).isCloseTo(expected, within(1e-6f));
    }

    @Test
    void resetForgets() {
        assertThat(loss.getAccumulator(TRAIN)).isNaN();
        loss.updateAccumulator(TRAIN, labels(new long[][] {{1, 2}}), new NDList(logits(1)));
        assertThat(loss.getAccumulator(TRAIN)).isPositive();
        loss.resetAccumulator(TRAIN);
        assertThat(loss.getAccumulator(TRAIN)).isNaN();
        assertThat(loss.infeasibleSamples(TRAIN)).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"ZERO", "KEEP_INFINITE"})
    void infeasibleSamplesAreCounted(InfeasiblePolicy policy) {
        CTCLoss counting = withAccumulators(CTCLoss.builder().optInfeasible(policy).build());
        updateWithOneInfeasible(counting);
        updateWithOneInfeasible(counting);
        assertThat(counting.infeasibleSamples(TRAIN)).isEqualTo(2);
        assertThat(counting.infeasibleSamples(VALIDATE)).isZero();
    }

    @Test
    void infeasibleSamplesAreReportedOncePerEpoch() {
        assertThat(
                        CapturedLog.of(
                                () -> {
                                    updateWithOneInfeasible(loss);
                                    updateWithOneInfeasible(loss);
                                    loss.resetAccumulator(EvaluatorTrainingListener.TRAIN_ALL);
                                    loss.resetAccumulator(EvaluatorTrainingListener.TRAIN_PROGRESS);
                                }))
                .isEmpty();
        assertThat(CapturedLog.of(() -> loss.resetAccumulator(TRAIN)))
                .containsOnlyOnce("WARN")
                .contains(
                        "CTCLoss, "
                                + TRAIN
                                + ": 2 of 4 samples have an infinite loss (2 with too few frames, 0"
                                + " of probability 0); the first is batch 0, sample 1: 4 frames,"
                                + " but its target of 3 labels with 2 adjacent repeats needs at"
                                + " least 5; subsample less, or leave the sample out");
        assertThat(CapturedLog.of(() -> loss.resetAccumulator(TRAIN))).isEmpty();
    }

    @Test
    void rejectedBatchLeavesAccumulatorsAlone() {
        loss.updateAccumulator(TRAIN, labels(new long[][] {{1, 2}}), new NDList(logits(1)));
        float before = loss.getAccumulator(TRAIN);
        assertThatThrownBy(
                        () ->
                                loss.updateAccumulator(
                                        TRAIN,
                                        labels(new long[][] {{57, 2}}),
                                        new NDList(logits(1))))
                .isInstanceOf(CTCInputException.class);
        assertThat(loss.getAccumulator(TRAIN)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no such key"})
    void unknownAccumulator(String key) {
        NDList labels = labels(new long[][] {{1, 2}});
        NDList predictions = new NDList(logits(1));
        assertThatThrownBy(() -> loss.getAccumulator(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("addAccumulator");
        assertThatThrownBy(() -> loss.resetAccumulator(key))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loss.infeasibleSamples(key))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> loss.updateAccumulator(key, labels, predictions))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static CTCLoss withAccumulators(CTCLoss loss) {
        for (String key : TRAINING_KEYS) {
            loss.addAccumulator(key);
        }
        loss.addAccumulator(VALIDATE);
        return loss;
    }

    @Test
    void theMeanIsThatOfTheSamplesThatCount() {
        updateWithOneInfeasible(loss);
        updateWithOneInfeasible(loss);
        NDList labels = labels(new long[][] {{1, 2, 1}});
        CTCLoss ofTheFirst = withAccumulators(CTCLoss.builder().build());
        NDArray logits = logits(1, 2);
        NDList first = new NDList(logits.get(new NDIndex("0:1")));
        ofTheFirst.evaluate(labels, first);
        ofTheFirst.updateAccumulators(TRAINING_KEYS, labels, first);
        assertThat(loss.getAccumulator(TRAIN))
                .isCloseTo(ofTheFirst.getAccumulator(TRAIN), within(1e-5f));
    }

    @Test
    void aBatchOfInfeasibleSamplesAddsNothingToTheMean() {
        NDList labels = labels(new long[][] {{2, 2, 2}, {1, 1, 1}});
        NDList predictions = new NDList(logits(1, 2));
        loss.evaluate(labels, predictions);
        loss.updateAccumulators(TRAINING_KEYS, labels, predictions);
        assertThat(loss.getAccumulator(TRAIN)).isNaN();
        assertThat(loss.infeasibleSamples(TRAIN)).isEqualTo(2);
        updateWithOneInfeasible(loss);
        assertThat(loss.getAccumulator(TRAIN)).isPositive();
    }

    private void updateWithOneInfeasible(CTCLoss target) {
        NDList labels = labels(new long[][] {{1, 2, 1}, {2, 2, 2}});
        NDList predictions = new NDList(logits(1, 2));
        target.evaluate(labels, predictions);
        target.updateAccumulators(TRAINING_KEYS, labels, predictions);
    }

    private NDList labels(long[][] targets) {
        return new NDList(manager.create(targets));
    }

    /** Logits of four frames and three classes; a sample depends on its seed alone. */
    private NDArray logits(int... seeds) {
        float[] values = new float[seeds.length * 12];
        for (int n = 0; n < seeds.length; n++) {
            Random random = new Random(seeds[n]);
            for (int i = 0; i < 12; i++) {
                values[n * 12 + i] = (float) random.nextGaussian();
            }
        }
        return manager.create(values, new Shape(seeds.length, 4, 3));
    }
}
