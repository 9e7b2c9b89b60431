package io.github.djlctc.troubleshooting;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What can be seen on a CPU of the reasons why two devices differ: how far rounding goes, and what
 * does not make a difference.
 */
class DeviceDifferencesTest extends ArrayTest {

    private static final Shape LOGITS = new Shape(4, 200, 30);
    private static final long[] TARGET_LENGTHS = {3, 3, 3, 3};

    private NDArray logits;
    private NDArray targets;

    @BeforeEach
    void createBatch() {
        logits = manager.randomNormal(LOGITS).mul(3);
        targets = manager.create(new long[][] {{1, 2, 3}, {4, 4, 5}, {29, 28, 27}, {7, 8, 9}});
    }

    @Test
    void theCpuRepeatsItselfBitForBit() {
        float[] first = gradient(new NDList(targets), logits);
        for (int i = 0; i < 5; i++) {
            assertThat(Arrays.equals(gradient(new NDList(targets), logits), first)).isTrue();
        }
    }

    /** Two devices add in another order, and so differ by as much as float32 rounds. */
    @Test
    void roundingOfFloat32IsTheDifferenceToExpect() {
        NDArray exact = logits.toType(DataType.FLOAT64, true);
        float single = loss(new NDList(targets), logits).getFloat();
        double precise = loss(new NDList(targets), exact).getDouble();
        assertThat((double) single).isCloseTo(precise, within(1e-5 * precise));

        float[] gradient = gradient(new NDList(targets), logits);
        NDArray exactGradient = NativeLoss.gradient(exact, () -> loss(new NDList(targets), exact));
        double[] values = exactGradient.toDoubleArray();
        double difference = 0;
        for (int i = 0; i < values.length; i++) {
            difference = Math.max(difference, Math.abs(gradient[i] - values[i]));
        }
        assertThat(difference).isLessThan(1e-4);
    }

    /** The symptom itself, where there is a GPU. */
    @Test
    void aGpuDiffersByRoundingOnly() {
        assumeTrue(Engine.getInstance().getGpuCount() > 0, "there is no GPU here");
        NDArray moved = logits.toDevice(Device.gpu(), true);
        NDList labels = new NDList(targets.toDevice(Device.gpu(), true));
        float onCpu = loss(new NDList(targets), logits).getFloat();
        assertThat(loss(labels, moved).getFloat()).isCloseTo(onCpu, within(1e-4f * onCpu));

        float[] expected = gradient(new NDList(targets), logits);
        float[] actual = gradient(labels, moved);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-3f));
        }
    }

    /** PyTorch chooses cuDNN by the type and form of the targets, CTCLoss never. */
    @Test
    void theFormOfTheTargetsDoesNotChangeTheResult() {
        float[] expected = gradient(new NDList(targets), logits);
        NDList asForCudnn =
                new NDList(
                        targets.toType(DataType.INT32, true).flatten(),
                        manager.create(TARGET_LENGTHS).toType(DataType.INT32, false));
        assertThat(Arrays.equals(gradient(asForCudnn, logits), expected)).isTrue();
    }

    private static NDArray loss(NDList labels, NDArray logits) {
        return CTCLoss.builder().build().evaluate(labels, new NDList(logits));
    }

    private static float[] gradient(NDList labels, NDArray logits) {
        NDArray copy = logits.duplicate();
        return NativeLoss.gradient(copy, () -> loss(labels, copy)).toFloatArray();
    }
}
