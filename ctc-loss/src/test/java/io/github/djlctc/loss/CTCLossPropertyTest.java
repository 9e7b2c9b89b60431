package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.batch.EmissionLayout;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Losses and gradients equal the sum over all alignments, by every algorithm and in every layout,
 * type and form of target, whatever stands in the padding frames.
 */
class CTCLossPropertyTest {

    private static final int TRIES = 300;
    private static final String SEED = "20060625";

    @Provide
    Arbitrary<RandomBatch> batches() {
        return Arbitraries.randomValue(RandomBatch::new);
    }

    @Property(tries = TRIES, seed = SEED)
    void lossOfEverySampleIsTheSumOverItsAlignments(
            @ForAll("batches") RandomBatch batch,
            @ForAll CTCAlgorithm algorithm,
            @ForAll EmissionLayout layout,
            @ForAll boolean single) {
        DataType type = single ? DataType.FLOAT32 : DataType.FLOAT64;
        CTCLoss loss =
                loss(algorithm, batch, layout, Reduction.SUM, InfeasiblePolicy.KEEP_INFINITE);
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDArray losses =
                    loss.evaluatePerSample(
                            batch.labels(manager), batch.predictions(manager, type, layout));
            double[] values = losses.toType(DataType.FLOAT64, false).toDoubleArray();
            for (int n = 0; n < batch.size; n++) {
                assertClose(values[n], batch.loss(n), type);
            }
        }
    }

    @Property(tries = TRIES, seed = SEED)
    void reductionsLeaveInfeasibleSamplesOut(
            @ForAll("batches") RandomBatch batch,
            @ForAll CTCAlgorithm algorithm,
            @ForAll EmissionLayout layout,
            @ForAll Reduction reduction) {
        CTCLoss loss = loss(algorithm, batch, layout, reduction, InfeasiblePolicy.ZERO);
        double expected = 0;
        for (int n = 0; n < batch.size; n++) {
            double value = batch.loss(n);
            expected += Double.isInfinite(value) ? 0 : weight(batch, n, reduction) * value;
        }
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDList predictions = batch.predictions(manager, DataType.FLOAT64, layout);
            assertClose(
                    loss.evaluate(batch.labels(manager), predictions).getDouble(),
                    expected,
                    DataType.FLOAT64);
        }
    }

    @Property(tries = TRIES, seed = SEED)
    void gradientIsThatOfTheSumOverAlignmentsAndZeroInPaddingFrames(
            @ForAll("batches") RandomBatch batch,
            @ForAll CTCAlgorithm algorithm,
            @ForAll EmissionLayout layout,
            @ForAll Reduction reduction,
            @ForAll boolean single) {
        DataType type = single ? DataType.FLOAT32 : DataType.FLOAT64;
        CTCLoss loss = loss(algorithm, batch, layout, reduction, InfeasiblePolicy.ZERO);
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDList labels = batch.labels(manager);
            NDList predictions = batch.predictions(manager, type, layout);
            double[][][] gradient =
                    Backward.gradient(
                            predictions.head(), layout, () -> loss.evaluate(labels, predictions));
            for (int n = 0; n < batch.size; n++) {
                assertGradient(gradient[n], batch.gradient(n), weight(batch, n, reduction), type);
            }
        }
    }

    @Property(tries = TRIES, seed = SEED)
    void lossesOfSamplesCanBeWeighted(
            @ForAll("batches") RandomBatch batch,
            @ForAll CTCAlgorithm algorithm,
            @ForAll EmissionLayout layout) {
        CTCLoss loss = loss(algorithm, batch, layout, Reduction.MEAN, InfeasiblePolicy.ZERO);
        double[] weights = IntStream.range(0, batch.size).mapToDouble(n -> n - 0.5).toArray();
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDList labels = batch.labels(manager);
            NDList predictions = batch.predictions(manager, DataType.FLOAT64, layout);
            double[][][] gradient =
                    Backward.gradient(
                            predictions.head(),
                            layout,
                            () ->
                                    loss.evaluatePerSample(labels, predictions)
                                            .mul(manager.create(weights))
                                            .sum());
            for (int n = 0; n < batch.size; n++) {
                assertGradient(gradient[n], batch.gradient(n), weights[n], DataType.FLOAT64);
            }
        }
    }

    @Property(tries = 30, seed = SEED)
    void theReferenceGradientIsTheSlopeOfTheReferenceLoss(@ForAll("batches") RandomBatch batch) {
        double step = 1e-5;
        for (int n = 0; n < batch.size; n++) {
            double[][] gradient = batch.gradient(n);
            for (int t = 0; t < batch.inputLengths[n] && Double.isFinite(batch.loss(n)); t++) {
                for (int c = 0; c < batch.classes; c++) {
                    double logit = batch.logits[n][t][c];
                    batch.logits[n][t][c] = logit + step;
                    double above = batch.loss(n);
                    batch.logits[n][t][c] = logit - step;
                    double below = batch.loss(n);
                    batch.logits[n][t][c] = logit;
                    assertThat(Math.abs((above - below) / (2 * step) - gradient[t][c]))
                            .isLessThan(1e-8);
                }
            }
        }
    }

    private static CTCLoss loss(
            CTCAlgorithm algorithm,
            RandomBatch batch,
            EmissionLayout layout,
            Reduction reduction,
            InfeasiblePolicy policy) {
        return CTCLoss.builder()
                .optAlgorithm(algorithm)
                .optBlank(batch.blank)
                .optLayout(layout)
                .optReduction(reduction)
                .optInfeasible(policy)
                .build();
    }

    private static double weight(RandomBatch batch, int sample, Reduction reduction) {
        return reduction == Reduction.SUM
                ? 1
                : 1.0 / batch.size / Math.max(batch.targets[sample].length, 1);
    }

    private static void assertGradient(
            double[][] actual, double[][] expected, double weight, DataType type) {
        for (int t = 0; t < expected.length; t++) {
            for (int c = 0; c < expected[t].length; c++) {
                assertClose(actual[t][c], weight * expected[t][c], type);
            }
        }
    }

    private static void assertClose(double actual, double expected, DataType type) {
        if (Double.isInfinite(expected)) {
            assertThat(actual).isEqualTo(expected);
            return;
        }
        double tolerance = type == DataType.FLOAT64 ? 1e-9 : 1e-4;
        assertThat(Math.abs(actual - expected))
                .as("%s instead of %s", actual, expected)
                .isLessThanOrEqualTo(tolerance * (1 + Math.abs(expected)));
    }
}
