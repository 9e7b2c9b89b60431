package io.github.djlctc.troubleshooting;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.loss.CTCAlgorithm;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.djlctc.loss.CTCAlgorithm.AUTO;
import static io.github.djlctc.loss.CTCAlgorithm.COMPACT;
import static io.github.djlctc.loss.CTCAlgorithm.DENSE;
import static io.github.djlctc.loss.CTCAlgorithm.PROBABILITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Why two devices differ. But for the last test, all run on the CPU: the algorithm that another
 * device takes does so as well.
 */
class DeviceDifferencesTest extends ArrayTest {

    private static final long[] TARGET_LENGTHS = {3, 3, 3, 3};

    private NDArray logits;
    private NDArray targets;

    @BeforeEach
    void createBatch() {
        logits = manager.randomNormal(new Shape(4, 200, 30)).mul(3);
        targets = manager.create(new long[][] {{1, 2, 3}, {4, 4, 5}, {29, 28, 27}, {7, 8, 9}});
    }

    /**
     * PyTorch's operator adds logarithms in the precision of the logits, so the kernels of two
     * devices are as far apart as each is from float64. {@code AUTO} is {@code PROBABILITY} on the
     * CPU and {@code COMPACT} elsewhere.
     */
    @Test
    void theOperatorOfPyTorchIsFarFromFloat64AndTheDefaultsAreNot() {
        NDArray longLogits = manager.randomNormal(new Shape(2, 1000, 64));
        NDList labels = new NDList(manager.randomInteger(1, 64, new Shape(2, 120), DataType.INT64));
        float[] exact = gradient(DENSE, labels, longLogits.toType(DataType.FLOAT64, true));

        float[] operator = gradient(DENSE, labels, longLogits);
        assertThat(difference(operator, exact)).isBetween(1e-4, 1e-2);
        float[] onCpu = gradient(PROBABILITY, labels, longLogits);
        float[] elsewhere = gradient(COMPACT, labels, longLogits);
        assertThat(difference(onCpu, exact)).isLessThan(1e-6);
        assertThat(difference(elsewhere, exact)).isLessThan(1e-6);
        assertThat(difference(elsewhere, onCpu)).isLessThan(1e-6);
    }

    /** Even so, two devices add in another order, and so differ by as much as float32 rounds. */
    @Test
    void roundingOfFloat32IsTheDifferenceToExpect() {
        NDList labels = new NDList(targets);
        NDArray wide = logits.toType(DataType.FLOAT64, true);
        double exact = loss(AUTO, labels, wide).getDouble();
        assertThat((double) loss(AUTO, labels, logits).getFloat())
                .isCloseTo(exact, within(1e-5 * exact));
        assertThat(difference(gradient(AUTO, labels, logits), gradient(AUTO, labels, wide)))
                .isBetween(1e-9, 1e-6);
    }

    @Test
    void theCpuRepeatsItselfBitForBit() {
        float[] first = gradient(AUTO, new NDList(targets), logits);
        for (int i = 0; i < 5; i++) {
            assertThat(gradient(AUTO, new NDList(targets), logits)).isEqualTo(first);
        }
    }

    /** PyTorch chooses cuDNN by the type and form of the targets, CTCLoss never. */
    @Test
    void theFormOfTheTargetsDoesNotChangeTheResult() {
        NDList asForCudnn =
                new NDList(
                        targets.toType(DataType.INT32, true).flatten(),
                        manager.create(TARGET_LENGTHS).toType(DataType.INT32, false));
        for (CTCAlgorithm algorithm : CTCAlgorithm.values()) {
            assertThat(gradient(algorithm, asForCudnn, logits))
                    .isEqualTo(gradient(algorithm, new NDList(targets), logits));
        }
    }

    /** The symptom itself, where there is a GPU. */
    @Test
    void aGpuDiffersByRoundingOnly() {
        assumeTrue(Engine.getInstance().getGpuCount() > 0, "there is no GPU here");
        NDArray moved = logits.toDevice(Device.gpu(), true);
        NDList movedLabels = new NDList(targets.toDevice(Device.gpu(), true));
        NDList labels = new NDList(targets);
        float onCpu = loss(AUTO, labels, logits).getFloat();
        assertThat(loss(AUTO, movedLabels, moved).getFloat())
                .isCloseTo(onCpu, within(1e-5f * onCpu));
        assertThat(difference(gradient(AUTO, movedLabels, moved), gradient(AUTO, labels, logits)))
                .isLessThan(1e-5);
    }

    private static NDArray loss(CTCAlgorithm algorithm, NDList labels, NDArray logits) {
        CTCLoss loss = CTCLoss.builder().optAlgorithm(algorithm).build();
        return loss.evaluate(labels, new NDList(logits));
    }

    private static float[] gradient(CTCAlgorithm algorithm, NDList labels, NDArray logits) {
        NDArray copy = logits.duplicate();
        NDArray gradient = NativeLoss.gradient(copy, () -> loss(algorithm, labels, copy));
        return gradient.toType(DataType.FLOAT32, false).toFloatArray();
    }

    /** Returns the greatest difference, over the greatest value expected. */
    private static double difference(float[] actual, float[] expected) {
        double difference = 0;
        double greatest = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
            greatest = Math.max(greatest, Math.abs(expected[i]));
        }
        return difference / greatest;
    }
}
