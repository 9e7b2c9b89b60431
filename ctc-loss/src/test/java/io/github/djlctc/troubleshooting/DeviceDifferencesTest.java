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
import io.github.djlctc.testing.RelativeDifference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.github.djlctc.loss.CTCAlgorithm.AUTO;
import static io.github.djlctc.loss.CTCAlgorithm.COMPACT;
import static io.github.djlctc.loss.CTCAlgorithm.DENSE;
import static io.github.djlctc.loss.CTCAlgorithm.SCALED;
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

    @Override
    protected Device device() {
        return Device.cpu();
    }

    @BeforeEach
    void createBatch() {
        logits = manager.randomNormal(new Shape(4, 200, 30)).mul(3);
        targets = manager.create(new long[][] {{1, 2, 3}, {4, 4, 5}, {29, 28, 27}, {7, 8, 9}});
    }

    /**
     * PyTorch's operator adds logarithms in the precision of the logits, so that another order of
     * the same additions gives another gradient. Here the other order is that of time: the loss of
     * logits and targets read backwards is the same. {@code AUTO} is {@code SCALED} on the CPU and
     * {@code COMPACT} elsewhere.
     */
    @Test
    void theOrderOfAdditionsChangesPyTorchsGradientAndNotTheDefaults() {
        NDArray longLogits = manager.randomNormal(new Shape(2, 1000, 64));
        NDArray longTargets = manager.randomInteger(1, 64, new Shape(2, 120), DataType.INT64);
        NDList labels = new NDList(longTargets);
        NDList backwards = new NDList(longTargets.flip(1));
        NDArray exact = gradient(DENSE, labels, longLogits.toType(DataType.FLOAT64, true));

        NDArray operator = gradient(DENSE, labels, longLogits);
        NDArray otherOrder = gradient(DENSE, backwards, longLogits.flip(1)).flip(1);
        assertThat(RelativeDifference.of(operator, exact)).isBetween(1e-4, 1e-2);
        assertThat(RelativeDifference.of(otherOrder, exact)).isBetween(1e-4, 1e-2);
        assertThat(RelativeDifference.of(otherOrder, operator)).isBetween(1e-4, 1e-2);

        NDArray onCpu = gradient(SCALED, labels, longLogits);
        NDArray elsewhere = gradient(COMPACT, labels, longLogits);
        NDArray elsewhereBackwards = gradient(COMPACT, backwards, longLogits.flip(1)).flip(1);
        assertThat(RelativeDifference.of(onCpu, exact)).isLessThan(1e-6);
        assertThat(RelativeDifference.of(elsewhere, exact)).isLessThan(1e-6);
        assertThat(RelativeDifference.of(elsewhere, onCpu)).isLessThan(1e-6);
        assertThat(RelativeDifference.of(elsewhereBackwards, onCpu)).isLessThan(1e-6);
    }

    /** Even so, two devices add in another order, and so differ by as much as float32 rounds. */
    @Test
    void roundingOfFloat32IsTheDifferenceToExpect() {
        NDList labels = new NDList(targets);
        NDArray wide = logits.toType(DataType.FLOAT64, true);
        double exact = loss(AUTO, labels, wide).getDouble();
        assertThat((double) loss(AUTO, labels, logits).getFloat())
                .isCloseTo(exact, within(1e-5 * exact));
        assertThat(
                        RelativeDifference.of(
                                gradient(AUTO, labels, logits), gradient(AUTO, labels, wide)))
                .isBetween(1e-9, 1e-6);
    }

    @Test
    void theCpuRepeatsItselfBitForBit() {
        float[] first = gradient(AUTO, new NDList(targets), logits).toFloatArray();
        for (int i = 0; i < 5; i++) {
            assertThat(gradient(AUTO, new NDList(targets), logits).toFloatArray()).isEqualTo(first);
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
            assertThat(gradient(algorithm, asForCudnn, logits).toFloatArray())
                    .isEqualTo(gradient(algorithm, new NDList(targets), logits).toFloatArray());
        }
    }

    /** The symptom itself, where there is a GPU. */
    @Test
    void aGpuDiffersByRoundingOnly() {
        assumeTrue(Engine.getInstance().getGpuCount() > 0, "needs a GPU: DJL finds none");
        NDArray moved = logits.toDevice(Device.gpu(), true);
        NDList movedLabels = new NDList(targets.toDevice(Device.gpu(), true));
        NDList labels = new NDList(targets);
        float onCpu = loss(AUTO, labels, logits).getFloat();
        assertThat(loss(AUTO, movedLabels, moved).getFloat())
                .isCloseTo(onCpu, within(1e-5f * onCpu));
        NDArray onGpu = gradient(AUTO, movedLabels, moved).toDevice(Device.cpu(), true);
        assertThat(RelativeDifference.of(onGpu, gradient(AUTO, labels, logits))).isLessThan(1e-5);
    }

    private static NDArray loss(CTCAlgorithm algorithm, NDList labels, NDArray logits) {
        CTCLoss loss = CTCLoss.builder().optAlgorithm(algorithm).build();
        return loss.evaluate(labels, new NDList(logits));
    }

    private static NDArray gradient(CTCAlgorithm algorithm, NDList labels, NDArray logits) {
        NDArray copy = logits.duplicate();
        return NativeLoss.gradient(copy, () -> loss(algorithm, labels, copy));
    }
}
