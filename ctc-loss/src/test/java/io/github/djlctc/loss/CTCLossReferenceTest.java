package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.batch.EmissionLayout;

import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Losses and gradients equal those of exact arithmetic, and PyTorch's, to 1e-9 in float64 and 1e-4
 * in float32.
 */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
class CTCLossReferenceTest {

    /** The gradient of a batch without a feasible sample, which is not quite 0. */
    private static final double NEGLIGIBLE = 1e-29;

    private static final double FLOAT64 = 1e-9;
    private static final double FLOAT32 = 1e-4;

    @Parameter private CTCAlgorithm algorithm;

    static List<ReferenceCase> cases() throws IOException {
        return ReferenceCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossPerSample(ReferenceCase reference) {
        double[] expected =
                Arrays.stream(reference.lossPerSample)
                        .mapToDouble(CTCLossReferenceTest::orInfinite)
                        .toArray();
        CTCLoss loss = loss(reference, Reduction.SUM, InfeasiblePolicy.KEEP_INFINITE);
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            for (DataType type : List.of(DataType.FLOAT64, DataType.FLOAT32)) {
                NDArray losses =
                        loss.evaluatePerSample(
                                reference.labels(manager), reference.predictions(manager, type));
                assertThat(losses.getDataType()).isEqualTo(type);
                assertClose(losses, expected, type);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reductions(ReferenceCase reference) {
        assertReduced(
                reference,
                loss(reference, Reduction.MEAN, InfeasiblePolicy.KEEP_INFINITE),
                orInfinite(reference.lossMean));
        assertReduced(
                reference,
                loss(reference, Reduction.SUM, InfeasiblePolicy.KEEP_INFINITE),
                orInfinite(reference.lossSum));
        assertReduced(
                reference,
                loss(reference, Reduction.MEAN, InfeasiblePolicy.ZERO),
                reference.lossMeanZeroInf);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientWithRespectToLogits(ReferenceCase reference) {
        CTCLoss loss = loss(reference, Reduction.MEAN, InfeasiblePolicy.ZERO);
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            for (DataType type : List.of(DataType.FLOAT64, DataType.FLOAT32)) {
                NDList predictions = reference.predictions(manager, type);
                NDArray gradient = gradient(loss, reference.labels(manager), predictions);
                assertClose(gradient, reference.gradient(), type, reference.rounding(type));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyInputFormGivesTheSame(ReferenceCase reference) {
        CTCLoss loss = loss(reference, Reduction.MEAN, InfeasiblePolicy.ZERO);
        CTCLoss timeMajor =
                CTCLoss.builder()
                        .optAlgorithm(algorithm)
                        .optBlank(reference.blank)
                        .optLayout(EmissionLayout.TIME_MAJOR)
                        .build();
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDList labels = reference.labels(manager);
            NDList predictions = reference.predictions(manager, DataType.FLOAT64);
            double expected = reference.lossMeanZeroInf;

            NDArray targets = labels.get(0);
            NDList paddedOnly = new NDList(targets);
            assertScalar(loss.evaluate(paddedOnly, predictions), expected);

            NDList floating = new NDList(targets.toType(DataType.FLOAT32, true), labels.get(1));
            assertScalar(loss.evaluate(floating, predictions), expected);

            NDList int32 =
                    new NDList(
                            targets.toType(DataType.INT32, true),
                            labels.get(1).toType(DataType.INT32, true));
            assertScalar(loss.evaluate(int32, predictions), expected);

            long[] ids = targets.toLongArray();
            long[] joined = Arrays.stream(ids).filter(id -> id != -1).toArray();
            NDList concatenated = new NDList(manager.create(joined), labels.get(1));
            assertScalar(loss.evaluate(concatenated, predictions), expected);

            NDList normalised = new NDList(predictions.get(0).logSoftmax(2), predictions.get(1));
            assertScalar(loss.evaluate(labels, normalised), expected);

            NDList transposed = new NDList(predictions.get(0).swapAxes(0, 1), predictions.get(1));
            assertScalar(timeMajor.evaluate(labels, transposed), expected);
            assertClose(
                    gradient(timeMajor, labels, transposed).swapAxes(0, 1),
                    reference.gradient(),
                    DataType.FLOAT64);
        }
    }

    private CTCLoss loss(
            ReferenceCase reference, Reduction reduction, InfeasiblePolicy infeasible) {
        return CTCLoss.builder()
                .optAlgorithm(algorithm)
                .optBlank(reference.blank)
                .optReduction(reduction)
                .optInfeasible(infeasible)
                .build();
    }

    private void assertReduced(ReferenceCase reference, CTCLoss loss, double expected) {
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            for (DataType type : List.of(DataType.FLOAT64, DataType.FLOAT32)) {
                NDArray value =
                        loss.evaluate(
                                reference.labels(manager), reference.predictions(manager, type));
                assertThat(value.getShape().dimension()).isZero();
                assertClose(value, new double[] {expected}, type);
            }
        }
    }

    private static NDArray gradient(CTCLoss loss, NDList labels, NDList predictions) {
        return Backward.gradient(predictions.head(), () -> loss.evaluate(labels, predictions));
    }

    private static double orInfinite(Double value) {
        return value == null ? Double.POSITIVE_INFINITY : value;
    }

    private static void assertScalar(NDArray actual, double expected) {
        assertClose(actual, new double[] {expected}, DataType.FLOAT64);
    }

    /** Relative to the value, and for gradients near zero to the largest of the array. */
    private static void assertClose(NDArray actual, double[] expected, DataType type) {
        assertClose(actual, expected, type, 0);
    }

    private static void assertClose(
            NDArray actual, double[] expected, DataType type, double rounding) {
        double tolerance = type == DataType.FLOAT64 ? FLOAT64 : FLOAT32;
        double largest =
                Arrays.stream(expected).filter(Double::isFinite).map(Math::abs).max().orElse(0);
        double[] values = actual.toType(DataType.FLOAT64, true).toDoubleArray();
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < values.length; i++) {
            if (Double.isInfinite(expected[i])) {
                assertThat(values[i]).as("element %d", i).isEqualTo(expected[i]);
            } else {
                assertThat(Math.abs(values[i] - expected[i]))
                        .as("element %d: %s instead of %s", i, values[i], expected[i])
                        .isLessThanOrEqualTo(tolerance * largest + rounding + NEGLIGIBLE);
            }
        }
    }
}
