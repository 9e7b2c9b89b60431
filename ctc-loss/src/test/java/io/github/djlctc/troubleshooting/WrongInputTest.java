package io.github.djlctc.troubleshooting;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.audit.AuditSample;
import io.github.djlctc.audit.LabelAudit;
import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.Reduction;
import io.github.djlctc.testdata.ChildJvm;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * Wrong targets and lengths. On the CPU, since on a GPU an id that is no class may make the device
 * unusable for the whole process.
 */
class WrongInputTest extends ArrayTest {

    private static final int FRAMES = 6;
    private static final int CLASSES = 4;

    /** One label more than the logits have classes: for labels 1 to 4 the model needs 5. */
    private static final long MISSING_CLASS = CLASSES;

    @TempDir Path folder;

    @Override
    protected Device device() {
        return Device.cpu();
    }

    @Test
    void anAllBlankPredictionDoesNotCrash() {
        NDArray logits = manager.zeros(new Shape(2, FRAMES, CLASSES));
        logits.set(new NDIndex(":, :, 0"), 80f);
        NDArray targets = manager.create(new long[][] {{1, 2}, {3, 3}});

        NDArray losses =
                NativeLoss.ofLogits(
                        logits, targets, new long[] {FRAMES, FRAMES}, new long[] {2, 2});
        NDArray gradient =
                NativeLoss.gradient(
                        logits,
                        () -> CTCLoss.builder().build().evaluate(list(targets), list(logits)));

        // Two labels, each with probability exp(-80), in any two of the frames.
        assertThat(losses.min().getFloat()).isGreaterThan(150);
        assertThat(losses.max().getFloat()).isLessThan(170);
        assertThat(perSample(targets, logits)).containsExactly(losses.toFloatArray());
        // The gradient raises the logits of the labels, so training recovers.
        assertThat(gradient.isNaN().any().getBoolean()).isFalse();
        assertThat(gradient.get(new NDIndex("0, :, 1")).min().getFloat()).isLessThan(-0.05f);
    }

    @Test
    void wrongLengthsAreAnError() {
        NDArray logits = manager.randomNormal(new Shape(2, FRAMES, CLASSES));
        NDArray targets = manager.create(new long[][] {{1, 2}, {3, 1}});
        long[] tooLong = {FRAMES, FRAMES + 1};

        assertThatThrownBy(() -> NativeLoss.ofLogits(logits, targets, tooLong, new long[] {2, 2}))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(
                        () ->
                                CTCLoss.builder()
                                        .build()
                                        .evaluate(
                                                list(targets),
                                                new NDList(logits, manager.create(tooLong))))
                .isInstanceOf(CTCInputException.class)
                .hasMessageContaining("sample 1")
                .hasMessageContaining("7");
    }

    /** Runs in a separate JVM, which crashes. */
    static final class FarTooLargeId {

        private FarTooLargeId() {}

        public static void main(String[] arguments) {
            try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
                NDArray targets = manager.create(new long[][] {{1, 1L << 40}});
                NDArray logits = manager.zeros(new Shape(1, FRAMES, CLASSES));
                System.out.println("calling");
                float loss =
                        NativeLoss.ofLogits(logits, targets, new long[] {FRAMES}, new long[] {2})
                                .getFloat();
                System.out.println("survived: " + loss);
            }
        }
    }

    @Test
    void aWrongIdEndsTheProcessWithoutTheCheck() throws Exception {
        ProcessBuilder builder =
                ChildJvm.of(
                        FarTooLargeId.class,
                        List.of(
                                "-Xmx256m",
                                "-XX:-CreateCoredumpOnCrash",
                                "-XX:ErrorFile=" + folder.resolve("error.log")));
        builder.redirectError(folder.resolve("errors.txt").toFile());
        Process process = builder.start();
        String output;
        try (BufferedReader reader = process.inputReader()) {
            output = reader.lines().reduce("", (a, b) -> a + b + "\n");
        } finally {
            process.waitFor();
        }
        assertThat(output).contains("calling").doesNotContain("survived");
        assertThat(process.exitValue()).isNotZero();

        NDArray logits = manager.zeros(new Shape(1, FRAMES, CLASSES));
        NDArray targets = manager.create(new long[][] {{1, 1L << 40}});
        assertThatThrownBy(() -> perSample(targets, logits))
                .isInstanceOf(CTCInputException.class)
                .hasMessageContaining("target id 1099511627776 at position 1");
    }

    /**
     * With an id that is no class, PyTorch reads and writes what lies behind the classes of the
     * frame: class 0 of the next sample. Alone in its batch, a sample only spoils itself.
     */
    @Test
    void batchSizeOneHidesAWrongClassCount() {
        NDArray right = manager.randomNormal(new Shape(1, FRAMES, CLASSES));
        NDArray rightTarget = manager.create(new long[][] {{2, 3}});
        NDArray wrong = manager.randomNormal(new Shape(1, FRAMES, CLASSES));
        NDArray wrongTarget = manager.create(new long[][] {{1, MISSING_CLASS}});

        // The last frame is padding, so that even here nothing outside of the array is touched.
        float hidden =
                NativeLoss.ofLogits(wrong, wrongTarget, new long[] {FRAMES - 1}, new long[] {2})
                        .getFloat();
        assertThat(hidden).as("loss of the wrong id, alone").isFinite().isPositive();

        float[] alone = gradientOfLast(right.duplicate(), rightTarget);
        float[] behindARightOne =
                gradientOfLast(wrong.concat(right), manager.create(new long[][] {{1, 2}, {2, 3}}));
        assertThat(behindARightOne).containsExactly(alone, within(1e-6f));
        float[] behindTheWrongOne =
                gradientOfLast(wrong.concat(right), wrongTarget.concat(rightTarget));
        assertThat(greatestDifference(behindTheWrongOne, alone)).isGreaterThan(0.01f);

        // Here it is an error in either case, and before training a finding of the audit.
        assertThatThrownBy(() -> perSample(wrongTarget, wrong))
                .isInstanceOf(CTCInputException.class)
                .hasMessageContaining("target id 4 at position 1, but the logits have 4 classes")
                .hasMessageContaining("one class per label plus the blank");
        LabelAudit audit = LabelAudit.builder().setClasses(CLASSES).build();
        audit.add(
                AuditSample.builder()
                        .setId("a")
                        .setTarget(1, MISSING_CLASS)
                        .optFrames(FRAMES)
                        .build());
        assertThat(audit.report().verdict()).isEqualTo(LabelAuditReport.Verdict.BROKEN);
    }

    /** The gradient of the last sample's logits. */
    private static float[] gradientOfLast(NDArray logits, NDArray targets) {
        int size = (int) logits.getShape().get(0);
        long[] inputLengths = new long[size];
        long[] targetLengths = new long[size];
        Arrays.fill(inputLengths, FRAMES);
        Arrays.fill(targetLengths, 2);
        NDArray gradient =
                NativeLoss.gradient(
                        logits,
                        () -> NativeLoss.ofLogits(logits, targets, inputLengths, targetLengths));
        return gradient.get(size - 1).toFloatArray();
    }

    private static float greatestDifference(float[] a, float[] b) {
        float difference = 0;
        for (int i = 0; i < a.length; i++) {
            difference = Math.max(difference, Math.abs(a[i] - b[i]));
        }
        return difference;
    }

    @Test
    void paddedAndConcatenatedTargetsGiveTheSameLoss() {
        NDArray logits = manager.randomNormal(new Shape(3, FRAMES, CLASSES));
        NDArray lengths = manager.create(new long[] {2, 0, 3});
        NDList padded = list(manager.create(new long[][] {{1, 2, -1}, {-1, -1, -1}, {3, 3, 1}}));
        NDList concatenated = new NDList(manager.create(new long[] {1, 2, 3, 3, 1}), lengths);
        // Padding with the blank is no trap either, if the lengths say where it begins.
        NDList paddedWithBlanks =
                new NDList(manager.create(new long[][] {{1, 2, 0}, {0, 0, 0}, {3, 3, 1}}), lengths);

        CTCLoss loss = CTCLoss.builder().optReduction(Reduction.SUM).build();
        float[] expected = gradient(loss, padded, logits);
        assertThat(gradient(loss, concatenated, logits)).containsExactly(expected);
        assertThat(gradient(loss, paddedWithBlanks, logits)).containsExactly(expected);
        assertThat(loss.evaluatePerSample(concatenated, list(logits)).toFloatArray())
                .containsExactly(loss.evaluatePerSample(padded, list(logits)).toFloatArray());
        // Without lengths, padding with the blank would count as labels.
        assertThatThrownBy(() -> loss.evaluate(paddedWithBlanks.subNDList(0, 1), list(logits)))
                .isInstanceOf(CTCInputException.class)
                .hasMessageContaining("blank");
    }

    private static float[] gradient(CTCLoss loss, NDList labels, NDArray logits) {
        NDArray copy = logits.duplicate();
        return NativeLoss.gradient(copy, () -> loss.evaluate(labels, list(copy))).toFloatArray();
    }

    private static float[] perSample(NDArray targets, NDArray logits) {
        return CTCLoss.builder()
                .build()
                .evaluatePerSample(list(targets), list(logits))
                .toFloatArray();
    }

    private static NDList list(NDArray array) {
        return new NDList(array);
    }
}
