package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.host.Reading;
import io.github.djlctc.testing.ArrayTest;
import io.github.djlctc.testing.RelativeDifference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The algorithms on batches that are too large to enumerate alignments: they equal each other, each
 * where it runs.
 */
class CTCAlgorithmTest extends ArrayTest {

    private static final int SAMPLES = 5;
    private static final int FRAMES = 120;
    private static final int CLASSES = 700;
    private static final int LABELS = 30;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DENSE")
    void equalDense(CTCAlgorithm algorithm) {
        // Enough cells for several threads, lengths that differ, repeats, one empty target.
        assertEqual(algorithm, logits(1));
    }

    /** Posteriors far below the range of float32, and products of them far below float64's. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DENSE")
    void equalDenseWhereTheModelIsSureAndWrong(CTCAlgorithm algorithm) {
        assertEqual(algorithm, logits(150));
    }

    /** Every step that CTC's gradient takes has to add up to 0 over the classes of a frame. */
    @ParameterizedTest
    @EnumSource(names = {"COMPACT", "SCALED"})
    void gradientOfSinglePrecisionIsThatOfDoublePrecision(CTCAlgorithm algorithm) {
        double[] logits = logits(1);
        double[] exact = gradient(CTCAlgorithm.DENSE, logits, DataType.FLOAT64);
        double[] gradient = gradient(algorithm, logits, DataType.FLOAT32);
        assertThat(RelativeDifference.of(manager.create(gradient), manager.create(exact)))
                .isLessThan(1e-5);
    }

    @Test
    void theLossWithoutAGradientIsTheSame() {
        NDList labels = labels(CTCAlgorithm.SCALED);
        NDList predictions = predictions(CTCAlgorithm.SCALED, logits(1), DataType.FLOAT64);
        CTCLoss loss = loss(CTCAlgorithm.SCALED);
        double alone = loss.evaluate(labels, predictions).getDouble();
        NDArray logits = predictions.head();
        double[] both = new double[1];
        Backward.gradient(
                logits,
                () -> {
                    NDArray value = loss.evaluate(labels, predictions);
                    both[0] = value.getDouble();
                    return value;
                });
        assertThat(alone).isCloseTo(both[0], within(1e-12 * Math.abs(both[0])));
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoArraysBehind(CTCAlgorithm algorithm) {
        Reading.everyWay(() -> assertLeavesNoArraysBehind(algorithm));
    }

    private void assertLeavesNoArraysBehind(CTCAlgorithm algorithm) {
        NDList labels = labels(algorithm);
        NDList predictions = predictions(algorithm, logits(1), DataType.FLOAT32);
        CTCLoss loss = loss(algorithm);
        loss.evaluate(labels, predictions).close();
        int arrays = manager.getManagedArrays().size();
        for (int i = 0; i < 3; i++) {
            loss.evaluate(labels, predictions).close();
            loss.evaluatePerSample(labels, predictions).close();
        }
        assertThat(manager.getManagedArrays().size() - arrays).isLessThanOrEqualTo(1);
    }

    private void assertEqual(CTCAlgorithm algorithm, double[] logits) {
        double[] expected = losses(CTCAlgorithm.DENSE, logits);
        double[] losses = losses(algorithm, logits);
        for (int n = 0; n < SAMPLES; n++) {
            assertThat(losses[n]).isCloseTo(expected[n], within(1e-9 * (1 + expected[n])));
        }
        double[] expectedGradient = gradient(CTCAlgorithm.DENSE, logits, DataType.FLOAT64);
        double[] gradient = gradient(algorithm, logits, DataType.FLOAT64);
        for (int i = 0; i < gradient.length; i++) {
            assertThat(Math.abs(gradient[i] - expectedGradient[i])).isLessThan(1e-9);
        }
    }

    private double[] losses(CTCAlgorithm algorithm, double[] logits) {
        NDList predictions = predictions(algorithm, logits, DataType.FLOAT64);
        return loss(algorithm).evaluatePerSample(labels(algorithm), predictions).toDoubleArray();
    }

    private double[] gradient(CTCAlgorithm algorithm, double[] logits, DataType type) {
        NDList labels = labels(algorithm);
        NDList predictions = predictions(algorithm, logits, type);
        CTCLoss loss = loss(algorithm);
        return Backward.gradient(predictions.head(), () -> loss.evaluate(labels, predictions))
                .toType(DataType.FLOAT64, false)
                .toDoubleArray();
    }

    private static CTCLoss loss(CTCAlgorithm algorithm) {
        return CTCLoss.builder().optAlgorithm(algorithm).build();
    }

    private NDManager managerOf(CTCAlgorithm algorithm) {
        return manager.newSubManager(AlgorithmDevice.of(algorithm));
    }

    private NDList labels(CTCAlgorithm algorithm) {
        Random random = new Random(2);
        long[] ids = new long[SAMPLES * LABELS];
        for (int i = 0; i < ids.length; i++) {
            int length = LABELS - 7 * (i / LABELS);
            boolean repeat = i % LABELS > 0 && random.nextInt(4) == 0;
            ids[i] = repeat ? ids[i - 1] : 1 + random.nextInt(CLASSES - 1);
            if (i % LABELS >= length - 1) {
                ids[i] = -1;
            }
        }
        return new NDList(managerOf(algorithm).create(ids, new Shape(SAMPLES, LABELS)));
    }

    private NDList predictions(CTCAlgorithm algorithm, double[] logits, DataType type) {
        NDManager owner = managerOf(algorithm);
        NDArray array =
                owner.create(logits, new Shape(SAMPLES, FRAMES, CLASSES)).toType(type, false);
        return new NDList(array, owner.create(new long[] {FRAMES, FRAMES, 90, 70, 50}));
    }

    private static double[] logits(double spread) {
        Random random = new Random(3);
        double[] logits = new double[SAMPLES * FRAMES * CLASSES];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (random.nextGaussian() * spread);
        }
        return logits;
    }
}
