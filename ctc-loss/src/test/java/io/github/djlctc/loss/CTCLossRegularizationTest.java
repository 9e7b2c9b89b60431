package io.github.djlctc.loss;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.EmissionLayout;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Label smoothing and the weight of the blank, by their formulas and their slopes. */
class CTCLossRegularizationTest {

    private static final double EPSILON = 0.2;
    private static final double LAMBDA = 0.3;

    @Provide
    Arbitrary<RandomBatch> batches() {
        return Arbitraries.randomValue(RandomBatch::new);
    }

    @Property(tries = 200, seed = "2018")
    void lossIsMixedWithTheDivergenceFromUniformAndThePosteriorOfTheBlank(
            @ForAll("batches") RandomBatch batch,
            @ForAll CTCAlgorithm algorithm,
            @ForAll EmissionLayout layout) {
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            double[] losses =
                    loss(algorithm, batch, layout)
                            .evaluatePerSample(
                                    batch.labels(manager),
                                    batch.predictions(manager, DataType.FLOAT64, layout))
                            .toDoubleArray();
            for (int n = 0; n < batch.size; n++) {
                assertThat(losses[n]).isCloseTo(regularized(batch, n), within(1e-9));
            }
        }
    }

    @Property(tries = 60, seed = "2019")
    void gradientIsTheSlope(
            @ForAll("batches") RandomBatch batch,
            @ForAll CTCAlgorithm algorithm,
            @ForAll EmissionLayout layout) {
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            CTCLoss loss = loss(algorithm, batch, layout);
            NDList labels = batch.labels(manager);
            NDList predictions = batch.predictions(manager, DataType.FLOAT64, layout);
            double[][][] gradient =
                    Backward.gradient(
                            predictions.head(), layout, () -> loss.evaluate(labels, predictions));
            for (int n = 0; n < batch.size; n++) {
                for (int t = 0; t < batch.frames; t++) {
                    for (int c = 0; c < batch.classes; c++) {
                        double slope = t < batch.inputLengths[n] ? slope(batch, n, t, c) : 0;
                        assertThat(gradient[n][t][c]).isCloseTo(slope, within(1e-6));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClassOfProbabilityZeroHasNoPart(CTCAlgorithm algorithm) {
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDList labels = new NDList(manager.create(new long[] {1}, new Shape(1, 1)));
            float[] logits = {0, 0, Float.NEGATIVE_INFINITY};
            NDList predictions = new NDList(manager.create(logits, new Shape(1, 1, 3)));
            CTCLoss loss =
                    CTCLoss.builder().optAlgorithm(algorithm).optLabelSmoothing(EPSILON).build();
            float[] gradient =
                    Backward.gradient(predictions.head(), () -> loss.evaluate(labels, predictions))
                            .toFloatArray();
            assertThat(gradient[2]).isZero();
            assertThat(gradient[0]).isFinite().isNotZero();
            assertThat(gradient[1]).isFinite().isNotZero();
            // -log 1/2, and the divergence of (1/2, 1/2, 0) from thirds.
            assertThat(loss.evaluate(labels, predictions).getFloat())
                    .isCloseTo(
                            (float)
                                    ((1 - EPSILON) * Math.log(2)
                                            + EPSILON * (Math.log(3) - Math.log(2))),
                            within(1e-6f));
        }
    }

    @Test
    void weightsOutOfRangeAreRefused() {
        CTCLoss.Builder builder = CTCLoss.builder();
        assertThatThrownBy(() -> builder.optLabelSmoothing(1)).hasMessageContaining("is 1.0");
        assertThatThrownBy(() -> builder.optLabelSmoothing(-0.1)).hasMessageContaining("is -0.1");
        assertThatThrownBy(() -> builder.optLabelSmoothing(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.optBlankRegularization(Double.POSITIVE_INFINITY))
                .hasMessageContaining("Infinity");
    }

    private static CTCLoss loss(CTCAlgorithm algorithm, RandomBatch batch, EmissionLayout layout) {
        return CTCLoss.builder()
                .optAlgorithm(algorithm)
                .optBlank(batch.blank)
                .optLayout(layout)
                .optReduction(Reduction.SUM)
                .optLabelSmoothing(EPSILON)
                .optBlankRegularization(LAMBDA)
                .build();
    }

    private static double slope(RandomBatch batch, int sample, int frame, int label) {
        double step = 1e-5;
        double logit = batch.logits[sample][frame][label];
        batch.logits[sample][frame][label] = logit + step;
        double above = regularized(batch, sample);
        batch.logits[sample][frame][label] = logit - step;
        double below = regularized(batch, sample);
        batch.logits[sample][frame][label] = logit;
        return (above - below) / (2 * step);
    }

    /** The regularized loss by its formula; 0 for infeasible samples. */
    private static double regularized(RandomBatch batch, int sample) {
        double loss = batch.loss(sample);
        if (Double.isInfinite(loss)) {
            return 0;
        }
        double divergence = 0;
        double blanks = 0;
        for (int t = 0; t < batch.inputLengths[sample]; t++) {
            double[] logits = batch.logits[sample][t];
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit);
            }
            divergence += Math.log(batch.classes);
            for (double logit : logits) {
                double probability = Math.exp(logit) / sum;
                divergence += probability * Math.log(probability);
            }
            blanks += Math.exp(logits[batch.blank]) / sum;
        }
        return (1 - EPSILON) * loss + EPSILON * divergence + LAMBDA * blanks;
    }
}
