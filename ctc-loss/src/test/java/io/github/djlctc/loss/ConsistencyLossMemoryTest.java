package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.engine.MetaDevice;
import io.github.djlctc.engine.ProgramSource;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.loss.CTCPrograms.Output;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** What the consistency leaves in memory, and that it neither mixes devices nor waits for one. */
class ConsistencyLossMemoryTest extends ArrayTest {

    private static final Shape SHAPE = new Shape(4, 6, 4);
    private static final String KEY = "train_epoch";

    @Override
    protected Device device() {
        return Device.cpu();
    }

    @CountsArrays
    void aStepLeavesNoArrayBehind() {
        ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), 0.2);
        loss.addAccumulator(KEY);
        loss.consistency().addAccumulator(KEY);
        NDArray logits = manager.randomNormal(SHAPE);
        logits.setRequiresGradient(true);
        NDList predictions = new NDList(logits, lengths());
        NDList labels = labels();
        step(loss, labels, predictions);
        int arrays = manager.getManagedArrays().size();
        for (int i = 0; i < 5; i++) {
            step(loss, labels, predictions);
            assertThat(manager.getManagedArrays()).hasSize(arrays);
        }
    }

    private static void step(ConsistencyLoss loss, NDList labels, NDList predictions) {
        try (NDManager step = predictions.head().getManager().newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray value = loss.evaluate(labels, predictions);
            value.attach(step);
            collector.backward(value);
        }
        loss.updateAccumulator(KEY, labels, predictions);
        loss.consistency().updateAccumulator(KEY, labels, predictions);
    }

    @CountsArrays
    void theLossIsAllThatIsMadeBesidesWhatMetricsKeep() {
        ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), 0.2);
        NDList predictions = new NDList(manager.randomNormal(SHAPE), lengths());
        NDList labels = labels();
        loss.evaluate(labels, predictions).close();
        int arrays = manager.getManagedArrays().size();
        loss.evaluate(labels, predictions).close();
        assertThat(manager.getManagedArrays()).hasSize(arrays);
    }

    @CountsArrays
    void rejectedBatchesLeaveNothingBehind() {
        ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), 0.2);
        NDList predictions =
                new NDList(manager.randomNormal(SHAPE), manager.create(new long[] {6, 5, 6, 4}));
        NDList labels = labels();
        int arrays = manager.getManagedArrays().size();
        assertThatThrownBy(() -> loss.evaluate(labels, predictions))
                .isInstanceOf(CTCInputException.class);
        assertThat(manager.getManagedArrays()).hasSize(arrays);
    }

    @Test
    void theGradientDoesNotDependOnMemoryThatWasFreedSinceTheLoss() throws InterruptedException {
        ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), 0.2);
        NDArray logits = manager.randomNormal(SHAPE, DataType.FLOAT64);
        NDArray same = logits.duplicate();
        double[] expected =
                Backward.gradient(same, () -> loss.evaluate(labels(), new NDList(same, lengths())))
                        .toDoubleArray();
        logits.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray value = loss.evaluate(labels(), new NDList(logits, lengths()));
            CTCLossMemoryTest.overwriteFreedMemory();
            collector.backward(value);
        }
        double[] actual = logits.getGradient().toDoubleArray();
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-12));
        }
    }

    /** The compiler of PyTorch takes a program apart anew after its first runs. */
    @Test
    void theSameBatchHasTheSameGradientAgain() {
        ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), 0.2);
        NDArray values = manager.randomNormal(SHAPE);
        float[] expected = null;
        for (int round = 0; round < 6; round++) {
            NDArray logits = values.duplicate();
            float[] gradient =
                    Backward.gradient(
                                    logits,
                                    () -> loss.evaluate(labels(), new NDList(logits, lengths())))
                            .toFloatArray();
            expected = expected == null ? gradient : expected;
            assertThat(gradient).isEqualTo(expected);
        }
    }

    /** As of a loss that was computed on the host for want of memory of the device. */
    @Test
    void lossesMayBeOnTheHost() {
        NDArray logits = manager.randomNormal(SHAPE);
        CTCBatch batch =
                CTCBatch.read(
                        labels(), new NDList(logits, lengths()), EmissionLayout.BATCH_MAJOR, -1);
        double[] losses = {1, 2, Double.POSITIVE_INFINITY, 3, 4};
        LossSettings settings = CTCLoss.builder().build().settings();
        int arrays = manager.getManagedArrays().size();
        double[] values = new double[2];
        for (int i = 0; i < 2; i++) {
            HostValues raw =
                    i == 0
                            ? new HostValues.OnHost(losses)
                            : new HostValues.OfArray(manager.create(losses));
            LossAlgorithm.Evaluation evaluation =
                    ViewDivergence.of(logits, batch, settings, raw, 0.5);
            values[i] = evaluation.loss().getFloat();
            assertThat(evaluation.values().read()[2]).isEqualTo(Double.POSITIVE_INFINITY);
            evaluation.loss().close();
            evaluation.values().close();
            raw.close();
        }
        assertThat(values[0]).isPositive().isEqualTo(values[1]);
        assertThat(manager.getManagedArrays()).hasSize(arrays);
    }

    @ParameterizedTest
    @EnumSource
    void theProgramNeitherMixesDevicesNorWaits(EmissionLayout layout) {
        for (InfeasiblePolicy policy : InfeasiblePolicy.values()) {
            for (boolean recording : new boolean[] {true, false}) {
                LossSettings settings = new LossSettings(0, layout, Reduction.MEAN, policy, 0, 0);
                int samples = layout == EmissionLayout.BATCH_MAJOR ? 4 : 6;
                NDArray logits = manager.zeros(SHAPE);
                NDList labels = new NDList(manager.ones(new Shape(samples, 1), DataType.INT64));
                CTCBatch batch = CTCBatch.read(labels, new NDList(logits), layout, -1);
                long[] own = {Double.doubleToRawLongBits(0.2)};
                long[] numbers =
                        CTCPrograms.numbers(batch, settings, Output.REDUCED, recording, own);
                MetaDevice.run(
                        ProgramSource.read(CTCLoss.class, "ctc_consistency.py", "ctc_common.py"),
                        new NDList(logits, manager.zeros(new Shape(1 + samples))),
                        new NDList(manager.create(numbers)),
                        new NDList(),
                        3);
            }
        }
    }

    private NDList labels() {
        return new NDList(manager.create(new long[][] {{1, 2}, {3, 3}, {1, 2}, {3, 3}}));
    }

    private NDArray lengths() {
        return manager.create(new long[] {6, 5, 6, 5});
    }
}
