package io.github.djlctc.troubleshooting;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.tracker.Tracker;

import io.github.djlctc.audit.AuditFinding;
import io.github.djlctc.audit.AuditSample;
import io.github.djlctc.audit.LabelAudit;
import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.batch.VariableLengthBatchifier;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.InfeasiblePolicy;
import io.github.djlctc.monitor.CTCMonitor;
import io.github.djlctc.monitor.NonFiniteStepException;
import io.github.djlctc.testing.ArrayTest;
import io.github.djlctc.testing.ToyBatch;
import io.github.djlctc.testing.ToyTraining;
import io.github.djlctc.testing.ToyUtterances;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Losses that are NaN, infinite or negative, by the kernels of the CPU. */
class NonFiniteLossTest extends ArrayTest {

    private static final Tracker LEARNING_RATE = Tracker.fixed(0.01f);

    @Override
    protected Device device() {
        return Device.cpu();
    }

    @Test
    void nanAfterAFewSteps() {
        ToyBatch good = ToyUtterances.of(4, 1);
        ToyBatch bad = ToyUtterances.of(4, 1);
        // 24 labels in 24 frames, but equal neighbours need a blank between them.
        bad.setLongTarget(0);
        try (ToyTraining training =
                ToyTraining.onUtterances(linear(), asInPyTorch(), LEARNING_RATE)) {
            assertThat(training.step(good)).isFinite();
            assertThat(training.step(bad)).isInfinite();
            // The step before wrote the NaN of its gradient into all parameters.
            assertThat(training.step(good)).isNaN();
        }
        try (ToyTraining training = ToyTraining.onUtterances(linear(), loss(), LEARNING_RATE)) {
            training.step(good);
            assertThat(training.step(bad)).isFinite();
            assertThat(training.step(good)).isFinite();
        }
        try (ToyTraining training =
                ToyTraining.onUtterances(
                        linear(), asInPyTorch(), LEARNING_RATE, CTCMonitor.builder().build())) {
            training.step(good);
            assertThatThrownBy(() -> training.step(bad))
                    .isInstanceOf(NonFiniteStepException.class)
                    .hasMessageContaining("step 2")
                    .hasMessageContaining("24 frames, but its target needs 47");
        }
    }

    /** Energies that are padded before the logarithm: minus infinity, which 0 does not cancel. */
    @Test
    void nanWithBatchSizeAboveOneOnly() {
        NDArray longer = manager.randomUniform(0.1f, 1, new Shape(8, 3));
        NDArray shorter = manager.randomUniform(0.1f, 1, new Shape(6, 3));
        assertThat(gradientOfWeights(log(pad(longer)))).doesNotContain(Float.NaN);
        assertThat(gradientOfWeights(log(pad(shorter)))).doesNotContain(Float.NaN);

        NDList both = log(pad(longer, shorter));
        NDArray logits = both.head().matMul(manager.ones(new Shape(3, 4)));
        NDList labels = new NDList(targets(2));
        assertThat(loss().evaluate(labels, new NDList(logits, both.get(1))).getFloat()).isFinite();
        assertThat(gradientOfWeights(both)).containsOnly(Float.NaN);

        assertThat(gradientOfWeights(pad(longer.log(), shorter.log()))).doesNotContain(Float.NaN);
    }

    /** Returns the gradient of the weights of a linear layer. */
    private float[] gradientOfWeights(NDList batch) {
        NDArray weights = manager.randomNormal(new Shape(3, 4));
        NDList labels = new NDList(targets((int) batch.head().getShape().get(0)));
        return NativeLoss.gradient(
                        weights,
                        () -> {
                            NDArray logits = batch.head().matMul(weights);
                            return loss().evaluate(labels, new NDList(logits, batch.get(1)));
                        })
                .toFloatArray();
    }

    /** Padding of the targets that counts as labels makes them too long. */
    @Test
    void infiniteWithBatchSizeAboveOneOnly() {
        NDArray logits = manager.randomNormal(new Shape(2, 4, 4));
        NDArray zeroPadded = manager.create(new long[][] {{1, 2, 3, 1}, {1, 2, 0, 0}});
        long[] frames = {4, 4};
        NDArray losses = NativeLoss.ofLogits(logits, zeroPadded, frames, new long[] {4, 4});
        assertThat(losses.getFloat(0)).isFinite();
        assertThat(losses.getFloat(1)).isInfinite();

        losses = NativeLoss.ofLogits(logits, zeroPadded, frames, new long[] {4, 2});
        assertThat(losses.getFloat(1)).isFinite();
        assertThatThrownBy(() -> loss().evaluate(new NDList(zeroPadded), new NDList(logits)))
                .isInstanceOf(CTCInputException.class)
                .hasMessageContaining("sample 1")
                .hasMessageContaining("blank");
    }

    @Test
    void infiniteIfTheTargetDoesNotFit() {
        long[] target = {1, 1, 2, 2};
        int required = CTCBatch.requiredFrames(target);
        assertThat(required).isEqualTo(6);
        NDArray targets = manager.create(new long[][] {target});
        for (int frames = 1; frames <= 8; frames++) {
            NDArray logits = manager.randomNormal(new Shape(1, frames, 3));
            float nativeLoss =
                    NativeLoss.ofLogits(logits, targets, new long[] {frames}, new long[] {4})
                            .getFloat();
            assertThat(Float.isInfinite(nativeLoss)).isEqualTo(frames < required);
        }

        NDList five = new NDList(manager.randomNormal(new Shape(1, 5, 3)));
        assertThat(loss().evaluate(new NDList(targets), five).getFloat()).isZero();
        CTCLoss strict = CTCLoss.builder().optInfeasible(InfeasiblePolicy.THROW).build();
        assertThatThrownBy(() -> strict.evaluate(new NDList(targets), five))
                .isInstanceOf(CTCInputException.class)
                .hasMessageContaining("5 frames")
                .hasMessageContaining("6");

        LabelAudit audit = LabelAudit.builder().setClasses(3).optSubsampling(2).build();
        audit.add(AuditSample.builder().setId("a").setTarget(1, 1, 2, 2).optFrames(10).build());
        audit.add(AuditSample.builder().setId("b").setTarget(1, 1, 2, 2).optFrames(12).build());
        LabelAuditReport report = audit.report();
        assertThat(report.verdict()).isEqualTo(LabelAuditReport.Verdict.USABLE_WITH_SKIPS);
        assertThat(report.findings()).flatExtracting(AuditFinding::sampleIds).contains("a");
    }

    /** Zero_infinity (here the default) hides infinities only. */
    @Test
    void zeroInfinityDoesNotHideNan() {
        ToyBatch utterances = ToyUtterances.of(2, 1);
        NDArray features = utterances.features(manager);
        features.set(new NDIndex("0, 3, 1"), Float.NaN);
        NDArray targets = utterances.targets(manager);
        assertThat(loss().evaluate(new NDList(targets), new NDList(features)).getFloat()).isNaN();
    }

    /** {@code log(softmax(x))} loses what {@code log_softmax(x)} keeps. */
    @Test
    void nanFromTheLogarithmOfASoftmax() {
        NDArray logits = manager.create(new float[] {0, 200, 0, 0, 200, 0}, new Shape(1, 2, 3));
        NDArray targets = manager.create(new long[][] {{2}});
        long[] frames = {2};
        long[] labels = {1};
        NDArray spoilt = logits.duplicate();
        float[] gradient =
                NativeLoss.gradient(
                                spoilt,
                                () ->
                                        NativeLoss.ofLogProbabilities(
                                                spoilt.softmax(2).log(), targets, frames, labels))
                        .toFloatArray();
        assertThat(gradient).contains(Float.NaN);

        NDArray right =
                NativeLoss.gradient(
                        logits, () -> loss().evaluate(new NDList(targets), new NDList(logits)));
        assertThat(right.isNaN().any().getBoolean()).isFalse();
    }

    @Test
    void negativeIfTheLogitsAreNotNormalised() {
        NDArray logits = manager.ones(new Shape(1, 6, 4)).mul(2);
        NDArray targets = manager.create(new long[][] {{1, 2}});
        long[] frames = {6};
        long[] labels = {2};
        assertThat(NativeLoss.ofLogProbabilities(logits, targets, frames, labels).getFloat())
                .isNegative();
        assertThat(loss().evaluate(new NDList(targets), new NDList(logits)).getFloat())
                .isPositive();
    }

    /** With one class only, the only target is the blank, and every alignment has probability 1. */
    @Test
    void negativeIfThereIsOnlyOneClass() {
        NDArray logits = manager.randomNormal(new Shape(1, 6, 1));
        NDArray targets = manager.create(new long[][] {{0}});
        assertThat(NativeLoss.ofLogits(logits, targets, new long[] {6}, new long[] {1}).getFloat())
                .isNegative();
        assertThatThrownBy(() -> loss().evaluate(new NDList(targets), new NDList(logits)))
                .isInstanceOf(CTCInputException.class)
                .hasMessageContaining("class");
    }

    private static NDList pad(NDArray... samples) {
        NDList[] lists = new NDList[samples.length];
        for (int n = 0; n < lists.length; n++) {
            lists[n] = new NDList(samples[n]);
        }
        return VariableLengthBatchifier.forFeatures().batchify(lists);
    }

    private static NDList log(NDList batch) {
        return new NDList(batch.head().log(), batch.get(1));
    }

    private NDArray targets(int samples) {
        return manager.create(new long[][] {{1, 2}, {1, 3}}).get(new NDIndex("0:{}", samples));
    }

    private static Block linear() {
        return Linear.builder().setUnits(ToyUtterances.CLASSES).build();
    }

    private static CTCLoss loss() {
        return CTCLoss.builder().build();
    }

    private static CTCLoss asInPyTorch() {
        return CTCLoss.builder().optInfeasible(InfeasiblePolicy.KEEP_INFINITE).build();
    }
}
