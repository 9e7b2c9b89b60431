package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Large vocabularies on the CPU: the gradient is right, and the only array of the size of the
 * logits.
 */
class BlockwiseSoftmaxTest extends ArrayTest {

    private static final int SAMPLES = 4;
    private static final int FRAMES = 9;
    private static final int CLASSES = 50;
    // Repeats; an empty target; one that does not fit its frames.
    private static final long[][] TARGETS = {
        {7, 7, 3, 49, -1}, {-1, -1, -1, -1, -1}, {12, 5, 12, -1, -1}, {4, 4, 4, 4, 4}
    };
    private static final long[] LENGTHS = {9, 4, 6, 8};

    @Override
    protected Device device() {
        return Device.cpu();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 36, 50})
    void equalsDenseInBlocksOfAnyLength(int blockRows) {
        for (EmissionLayout layout : EmissionLayout.values()) {
            for (InfeasiblePolicy policy :
                    new InfeasiblePolicy[] {
                        InfeasiblePolicy.ZERO, InfeasiblePolicy.KEEP_INFINITE
                    }) {
                for (Reduction reduction : Reduction.values()) {
                    int blank = reduction == Reduction.MEAN ? 20 : 0;
                    LossSettings settings =
                            new LossSettings(blank, layout, reduction, policy, 0, 0);
                    assertEqualsDense(logits(2), settings, blockRows, 1e-6);
                }
            }
        }
    }

    /** Losses to the tolerance, gradients too, of their greatest element; less in float64. */
    private void assertEqualsDense(
            double[] values, LossSettings settings, int blockRows, double float32Tolerance) {
        CTCLoss dense =
                CTCLoss.builder()
                        .optAlgorithm(CTCAlgorithm.DENSE)
                        .optBlank(settings.blank())
                        .optLayout(settings.layout())
                        .optReduction(settings.reduction())
                        .optInfeasible(settings.infeasiblePolicy())
                        .build();
        NDList predictions = predictions(values, settings, DataType.FLOAT64);
        NDArray expected =
                Backward.gradient(predictions.head(), () -> dense.evaluate(labels(), predictions));
        double expectedLoss = dense.evaluate(labels(), predictions).getDouble();

        for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
            NDList same = predictions(values, settings, type);
            double[] loss = new double[1];
            NDArray gradient =
                    Backward.gradient(
                            same.head(),
                            () -> {
                                NDArray value = evaluate(same, settings, blockRows);
                                loss[0] = value.toType(DataType.FLOAT64, false).getDouble();
                                return value;
                            });
            double tolerance = type == DataType.FLOAT32 ? float32Tolerance : 1e-12;
            assertEqual(loss[0], expectedLoss, tolerance * Math.abs(expectedLoss));
            assertEqual(gradient, expected, tolerance);
        }
    }

    private static void assertEqual(NDArray actual, NDArray expected, double tolerance) {
        double[] values = actual.toType(DataType.FLOAT64, false).toDoubleArray();
        double[] exact = expected.toDoubleArray();
        double greatest =
                Arrays.stream(exact).map(Math::abs).filter(Double::isFinite).max().orElseThrow();
        for (int i = 0; i < exact.length; i++) {
            assertEqual(values[i], exact[i], tolerance * greatest);
        }
    }

    private static void assertEqual(double actual, double expected, double tolerance) {
        if (Double.isFinite(expected)) {
            assertThat(actual).isCloseTo(expected, within(tolerance));
        } else {
            assertThat(actual).isEqualTo(Double.valueOf(expected));
        }
    }

    private NDArray evaluate(NDList predictions, LossSettings settings, int blockRows) {
        CTCBatch batch = CTCBatch.read(labels(), predictions, settings.layout(), -1);
        NDArray logits = predictions.head();
        try (BlockwiseSoftmax blocks =
                new BlockwiseSoftmax(
                        logits,
                        batch,
                        settings,
                        new CompactColumns(batch, settings.blank()),
                        blockRows)) {
            double[] losses = blocks.losses().orElseThrow();
            return ScaledAlgorithm.evaluation(logits, blocks, losses, batch, settings).loss();
        }
    }

    /** Large normalizers would cost precision; without finite logits, padding would matter. */
    @ParameterizedTest
    @ValueSource(doubles = {70, -70, 1e30, Double.NaN, Double.POSITIVE_INFINITY})
    void leavesLogitsToOthersThatHaveNoPreciseNormalizer(double shift) {
        double[] logits = logits(1);
        int lastFrame = FRAMES - 1;
        for (int c = 0; c < CLASSES; c++) {
            logits[lastFrame * CLASSES + c] += shift;
        }
        assertThat(isLeftToOthers(logits)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-100, Double.NEGATIVE_INFINITY})
    void leavesFramesToOthersWhoseBlankGivesNoPreciseNormalizer(double shift) {
        double[] logits = logits(1);
        logits[3 * CLASSES] += shift;
        assertThat(isLeftToOthers(logits)).isTrue();
    }

    @Test
    void isPreciseForAnyMagnitudesThatItAccepts() {
        double[] logits = logits(2);
        for (int t = 0; t < SAMPLES * FRAMES; t++) {
            double blank = t % 2 == 0 ? -50 : 50;
            for (int c = 0; c < CLASSES; c++) {
                logits[t * CLASSES + c] += t % 3 == 0 ? 55 : c == 0 ? blank : 0;
            }
        }
        assertEqualsDense(logits, settings(), 5, 1e-5);
    }

    @Test
    void leavesImpossibleTargetsToOthers() {
        double[] logits = logits(1);
        for (int t = 0; t < FRAMES; t++) {
            logits[t * CLASSES + 49] = Double.NEGATIVE_INFINITY;
        }
        assertThat(isLeftToOthers(logits)).isTrue();
        assertThat(isLeftToOthers(logits(1))).isFalse();
    }

    private boolean isLeftToOthers(double[] logits) {
        LossSettings settings = settings();
        NDList predictions = predictions(logits, settings, DataType.FLOAT32);
        CTCBatch batch = CTCBatch.read(labels(), predictions, settings.layout(), -1);
        try (BlockwiseSoftmax blocks =
                new BlockwiseSoftmax(
                        predictions.head(),
                        batch,
                        settings,
                        new CompactColumns(batch, 0),
                        FRAMES)) {
            return blocks.losses().isEmpty();
        }
    }

    private static LossSettings settings() {
        return new LossSettings(
                0, EmissionLayout.BATCH_MAJOR, Reduction.MEAN, InfeasiblePolicy.ZERO, 0, 0);
    }

    private NDList labels() {
        long[] ids = new long[SAMPLES * TARGETS[0].length];
        for (int n = 0; n < SAMPLES; n++) {
            System.arraycopy(TARGETS[n], 0, ids, n * TARGETS[0].length, TARGETS[0].length);
        }
        return new NDList(manager.create(ids, new Shape(SAMPLES, TARGETS[0].length)));
    }

    private static double[] logits(double scale) {
        Random random = new Random(5);
        double[] logits = new double[SAMPLES * FRAMES * CLASSES];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (scale * random.nextGaussian());
        }
        return logits;
    }

    private NDList predictions(double[] logits, LossSettings settings, DataType type) {
        Shape shape =
                settings.isTimeMajor()
                        ? new Shape(FRAMES, SAMPLES, CLASSES)
                        : new Shape(SAMPLES, FRAMES, CLASSES);
        NDArray array = manager.create(logits, shape).toType(type, false);
        return new NDList(array, manager.create(LENGTHS));
    }

    /** After many steps, when PyTorch has optimized its program, as well as after the first. */
    @Test
    void theGradientIsTheOnlyLargeArray() throws IOException {
        Path peak = Path.of("/proc/self/clear_refs");
        assumeTrue(Files.isWritable(peak), "the peak of the resident set cannot be reset here");
        long bytes = Float.BYTES * LargeBatch.ELEMENTS;
        try (LargeBatch batch = new LargeBatch(manager)) {
            for (int step = 0; step < 6; step++) {
                batch.step(CTCAlgorithm.SCALED).close();
            }
            long least = Long.MAX_VALUE;
            for (int step = 0; step < 4; step++) {
                Files.writeString(peak, "5");
                long before = kibibytes("VmRSS:");
                batch.step(CTCAlgorithm.SCALED).close();
                least = Math.min(least, (kibibytes("VmHWM:") - before) << 10);
            }
            assertThat(least).isLessThan(bytes * 3 / 2);
            try (NDArray gradient = batch.step(CTCAlgorithm.SCALED);
                    NDArray other = batch.step(CTCAlgorithm.COMPACT)) {
                float difference = gradient.subi(other).abs().max().getFloat();
                float greatest = other.abs().max().getFloat();
                assertThat(difference / greatest).isLessThan(1e-5f);
            }
        }
    }

    private static long kibibytes(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void reportsLogitsThatWereChangedBeforeBackPropagation() {
        try (LargeBatch batch = new LargeBatch(manager);
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray logits = batch.logits();
            NDArray loss = batch.loss(CTCAlgorithm.SCALED, logits.mul(logits));
            collector.backward(loss);

            NDArray changed = logits.mul(logits);
            NDArray second = batch.loss(CTCAlgorithm.SCALED, changed);
            changed.addi(1);
            assertThatThrownBy(() -> collector.backward(second))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("modified by an inplace operation");
        }
    }

    @Test
    void leavesNoArraysBehind() {
        try (LargeBatch batch = new LargeBatch(manager)) {
            NDArray logits = batch.logits();
            batch.loss(CTCAlgorithm.SCALED, logits).close();
            int arrays = batch.openArrays();
            batch.loss(CTCAlgorithm.SCALED, logits).close();
            batch.loss(CTCAlgorithm.SCALED, logits).close();
            assertThat(batch.openArrays()).isEqualTo(arrays);
        }
    }

    /** 64 MiB of logits. */
    private static final class LargeBatch implements AutoCloseable {

        static final long ELEMENTS = 4L * 256 * 16384;

        private final NDManager manager;
        private final NDArray values;
        private final NDList labels;

        LargeBatch(NDManager parent) {
            manager = parent.newSubManager();
            values = manager.randomNormal(0, 1, new Shape(4, 256, 16384), DataType.FLOAT32);
            labels = new NDList(manager.randomInteger(1, 16384, new Shape(4, 30), DataType.INT64));
        }

        int openArrays() {
            return manager.getManagedArrays().size();
        }

        NDArray logits() {
            NDArray logits = values.stopGradient();
            logits.attach(manager);
            logits.setRequiresGradient(true);
            return logits;
        }

        NDArray loss(CTCAlgorithm algorithm, NDArray logits) {
            return CTCLoss.builder()
                    .optAlgorithm(algorithm)
                    .build()
                    .evaluate(labels, new NDList(logits));
        }

        NDArray step(CTCAlgorithm algorithm) {
            try (NDArray logits = logits();
                    GradientCollector collector = Engine.getInstance().newGradientCollector();
                    NDArray loss = loss(algorithm, logits)) {
                collector.backward(loss);
                return logits.getGradient();
            }
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
