package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.batch.EmissionLayout;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * The CTC loss of all views and the divergences between the two of each utterance, by their sums
 * over alignments, frames and classes, and by their slopes.
 */
class ConsistencyLossTest {

    private static final double ALPHA = 0.7;
    private static final float LOWEST = Float.NEGATIVE_INFINITY;

    @Provide
    Arbitrary<RandomBatch> views() {
        return Arbitraries.randomValue(RandomBatch::ofTwoViews);
    }

    @Property(tries = 300, seed = "2025")
    void lossIsThatOfTheViewsAndAlphaTimesTheirDivergencesWeightedAlike(
            @ForAll("views") RandomBatch batch,
            @ForAll CTCAlgorithm algorithm,
            @ForAll EmissionLayout layout,
            @ForAll Reduction reduction,
            @ForAll boolean single) {
        DataType type = single ? DataType.FLOAT32 : DataType.FLOAT64;
        double expected = 0;
        for (int n = 0; n < batch.size; n++) {
            double loss = batch.loss(n);
            if (Double.isFinite(loss)) {
                double half = ALPHA * consistency(batch, n % (batch.size / 2));
                expected += weight(batch, n, reduction) * (loss + half);
            }
        }
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDArray loss =
                    loss(algorithm, batch, layout, reduction)
                            .evaluate(
                                    batch.labels(manager),
                                    batch.predictions(manager, type, layout));
            assertThat(loss.getShape()).isEqualTo(new Shape());
            assertThat(loss.getDataType()).isEqualTo(type);
            double tolerance = (single ? 1e-4 : 1e-9) * (1 + Math.abs(expected));
            assertThat(loss.toType(DataType.FLOAT64, false).getDouble())
                    .isCloseTo(expected, within(tolerance));
        }
    }

    @Property(tries = 300, seed = "2026")
    void gradientIsTheSlopeWhileTheOtherViewIsHeldFixed(
            @ForAll("views") RandomBatch batch,
            @ForAll CTCAlgorithm algorithm,
            @ForAll EmissionLayout layout,
            @ForAll Reduction reduction) {
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            ConsistencyLoss loss = loss(algorithm, batch, layout, reduction);
            NDList labels = batch.labels(manager);
            NDList predictions = batch.predictions(manager, DataType.FLOAT64, layout);
            double[][][] gradient =
                    Backward.gradient(
                            predictions.head(), layout, () -> loss.evaluate(labels, predictions));
            for (int n = 0; n < batch.size; n++) {
                double weight = weight(batch, n, reduction);
                double[][] ofCtc = batch.gradient(n);
                for (int t = 0; t < batch.frames; t++) {
                    boolean counts = t < batch.inputLengths[n] && Double.isFinite(batch.loss(n));
                    for (int c = 0; c < batch.classes; c++) {
                        if (counts) {
                            double slope = ofCtc[t][c] + ALPHA * slope(batch, n, t, c);
                            assertThat(gradient[n][t][c]).isCloseTo(weight * slope, within(1e-7));
                        } else {
                            // Not 0 in one place if no utterance has an alignment.
                            assertThat(Math.abs(gradient[n][t][c])).isLessThanOrEqualTo(1e-30);
                        }
                    }
                }
            }
        }
    }

    @Property(tries = 100, seed = "2027")
    void theTypeOfTheLogitsDecidesThePrecisionOnly(
            @ForAll("views") RandomBatch batch, @ForAll EmissionLayout layout) {
        double[] sums = new double[2];
        for (int i = 0; i < 2; i++) {
            DataType type = i == 0 ? DataType.FLOAT64 : DataType.FLOAT32;
            try (NDManager manager = AlgorithmDevice.newManager(CTCAlgorithm.AUTO)) {
                ConsistencyLoss loss = loss(CTCAlgorithm.AUTO, batch, layout, Reduction.MEAN);
                NDList labels = batch.labels(manager);
                NDList predictions = batch.predictions(manager, type, layout);
                NDArray gradient =
                        Backward.gradient(
                                predictions.head(), () -> loss.evaluate(labels, predictions));
                sums[i] = gradient.toType(DataType.FLOAT64, false).abs().sum().getDouble();
            }
        }
        assertThat(sums[1]).isCloseTo(sums[0], within(1e-4 * (1 + sums[0])));
    }

    @ParameterizedTest
    @EnumSource
    void aWeightOfZeroIsTheCTCLoss(CTCAlgorithm algorithm) {
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDArray logits = twoViews(manager);
            NDList labels = labels(manager);
            CTCLoss ctc = CTCLoss.builder().optAlgorithm(algorithm).build();
            ConsistencyLoss loss =
                    new ConsistencyLoss(CTCLoss.builder().optAlgorithm(algorithm).build(), 0);
            NDArray same = logits.duplicate();
            NDArray expected =
                    Backward.gradient(same, () -> ctc.evaluate(labels, new NDList(same)));
            NDArray actual =
                    Backward.gradient(logits, () -> loss.evaluate(labels, new NDList(logits)));
            assertThat(actual.toFloatArray()).isEqualTo(expected.toFloatArray());
        }
    }

    @Test
    void equalViewsAgree() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray one = manager.randomNormal(new Shape(2, 5, 4));
            NDList predictions = new NDList(one.concat(one, 0));
            NDList labels = labels(manager);
            float expected = CTCLoss.builder().build().evaluate(labels, predictions).getFloat();
            ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), 1e6);
            assertThat(loss.evaluate(labels, predictions).getFloat()).isEqualTo(expected);
        }
    }

    @Test
    void theLossIsTheSameWhetherAGradientIsWantedOrNot() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = twoViews(manager);
            NDList labels = labels(manager);
            ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), ALPHA);
            float[] recorded = new float[1];
            Backward.gradient(
                    logits,
                    () -> {
                        NDArray value = loss.evaluate(labels, new NDList(logits));
                        recorded[0] = value.getFloat();
                        return value;
                    });
            NDArray detached = logits.stopGradient();
            assertThat(loss.evaluate(labels, new NDList(detached)).getFloat())
                    .isEqualTo(recorded[0]);
        }
    }

    @Test
    void theGradientIsThatOfWhateverIsMadeOfTheLoss() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = twoViews(manager);
            NDArray same = logits.duplicate();
            NDList labels = labels(manager);
            ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), ALPHA);
            NDArray three = manager.create(3f);
            float[] once =
                    Backward.gradient(logits, () -> loss.evaluate(labels, new NDList(logits)))
                            .toFloatArray();
            float[] thrice =
                    Backward.gradient(
                                    same, () -> loss.evaluate(labels, new NDList(same)).mul(three))
                            .toFloatArray();
            for (int i = 0; i < once.length; i++) {
                assertThat(thrice[i]).isCloseTo(3 * once[i], within(1e-6f));
            }
        }
    }

    @Test
    void float16IsComputedInFloat32() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = twoViews(manager).toType(DataType.FLOAT16, false);
            NDArray wide = logits.toType(DataType.FLOAT32, false);
            NDList labels = labels(manager);
            ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), ALPHA);
            NDArray narrow = loss.evaluate(labels, new NDList(logits));
            assertThat(narrow.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(narrow.getFloat())
                    .isCloseTo(loss.evaluate(labels, new NDList(wide)).getFloat(), within(1e-5f));
            NDArray gradient =
                    Backward.gradient(logits, () -> loss.evaluate(labels, new NDList(logits)));
            assertThat(gradient.getDataType()).isEqualTo(DataType.FLOAT16);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUtteranceOfWhichAViewIsDroppedHasNoConsistency(CTCAlgorithm algorithm) {
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDArray logits = twoViews(manager);
            // The second view of the first utterance cannot be 1, 2: no alignment is left.
            logits.set(new NDIndex("2,:,2"), LOWEST);
            NDList labels = labels(manager);
            ConsistencyLoss loss =
                    new ConsistencyLoss(CTCLoss.builder().optAlgorithm(algorithm).build(), ALPHA);
            CTCLoss ctc = CTCLoss.builder().optAlgorithm(algorithm).build();
            NDArray same = logits.duplicate();
            float[] expected =
                    Backward.gradient(same, () -> ctc.evaluate(labels, new NDList(same)))
                            .toFloatArray();
            float[] actual =
                    Backward.gradient(logits, () -> loss.evaluate(labels, new NDList(logits)))
                            .toFloatArray();
            int row = 5 * 4;
            for (int n = 0; n < 4; n++) {
                float[] ofCtc = Arrays.copyOfRange(expected, n * row, (n + 1) * row);
                float[] ofBoth = Arrays.copyOfRange(actual, n * row, (n + 1) * row);
                if (n % 2 == 0) {
                    assertThat(ofBoth).isEqualTo(ofCtc);
                } else {
                    assertThat(ofBoth).isNotEqualTo(ofCtc);
                }
            }
            assertThat(loss.evaluate(labels, new NDList(logits)).getFloat()).isFinite();
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherPoliciesTreatTheViewsAsTheCTCLossDoes(CTCAlgorithm algorithm) {
        try (NDManager manager = AlgorithmDevice.newManager(algorithm)) {
            NDList predictions = new NDList(twoViews(manager), lengths(manager, 1, 5, 1, 5));
            NDList labels = labels(manager);
            ConsistencyLoss infinite =
                    new ConsistencyLoss(
                            CTCLoss.builder()
                                    .optAlgorithm(algorithm)
                                    .optInfeasible(InfeasiblePolicy.KEEP_INFINITE)
                                    .build(),
                            ALPHA);
            assertThat(infinite.evaluate(labels, predictions).getFloat())
                    .isEqualTo(Float.POSITIVE_INFINITY);
            ConsistencyLoss strict =
                    new ConsistencyLoss(
                            CTCLoss.builder()
                                    .optAlgorithm(algorithm)
                                    .optInfeasible(InfeasiblePolicy.THROW)
                                    .build(),
                            ALPHA);
            assertThatThrownBy(() -> strict.evaluate(labels, predictions))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageContaining("1 frames, but its target of 2 labels");
        }
    }

    @Test
    void ifNoUtteranceHasAnAlignmentTheGradientIsStillNotAllZero() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = twoViews(manager);
            NDList predictions = new NDList(logits, lengths(manager, 1, 1, 1, 1));
            NDList labels = labels(manager);
            ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), ALPHA);
            NDArray gradient = Backward.gradient(logits, () -> loss.evaluate(labels, predictions));
            assertThat(gradient.abs().sum().getFloat()).isPositive().isLessThan(1e-29f);
        }
    }

    @Test
    void aClassOfProbabilityZeroInBothViewsAddsNothing() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = twoViews(manager);
            NDList labels =
                    new NDList(manager.create(new long[][] {{1, 2}, {2, 1}, {1, 2}, {2, 1}}));
            ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), ALPHA);
            logits.set(new NDIndex(":,:,3"), LOWEST);
            float expected = loss.evaluate(labels, new NDList(logits.get(":,:,:3"))).getFloat();
            assertThat(loss.evaluate(labels, new NDList(logits)).getFloat())
                    .isCloseTo(expected, within(1e-5f));
            float[] gradient =
                    Backward.gradient(logits, () -> loss.evaluate(labels, new NDList(logits)))
                            .toFloatArray();
            for (int i = 0; i < gradient.length; i++) {
                assertThat(gradient[i]).isFinite();
                assertThat(gradient[i] == 0).isEqualTo(i % 4 == 3);
            }
        }
    }

    @Test
    void aClassOfProbabilityZeroInOneViewIsInfinitelyFarAway() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = twoViews(manager);
            NDList labels = labels(manager);
            ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), ALPHA);
            logits.set(new NDIndex("0,0,3"), LOWEST);
            assertThat(loss.evaluate(labels, new NDList(logits)).getFloat())
                    .isEqualTo(Float.POSITIVE_INFINITY);
            NDArray gradient =
                    Backward.gradient(logits, () -> loss.evaluate(labels, new NDList(logits)));
            for (float value : gradient.toFloatArray()) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void nanWithinTheLengthIsNotHidden() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray logits = twoViews(manager);
            NDList labels = labels(manager);
            ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), ALPHA);
            logits.set(new NDIndex("0,1,3"), Float.NaN);
            assertThat(loss.evaluate(labels, new NDList(logits)).getFloat()).isNaN();
            NDArray gradient =
                    Backward.gradient(logits, () -> loss.evaluate(labels, new NDList(logits)));
            assertThat(gradient.get("2,1").toFloatArray()).containsOnly(Float.NaN);
            for (float value : gradient.get("2,2:").toFloatArray()) {
                assertThat(value).isFinite();
            }
            for (float value : gradient.get("1").toFloatArray()) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void samplesThatAreNoViewsAreRefused() {
        try (NDManager manager = NDManager.newBaseManager()) {
            ConsistencyLoss loss = new ConsistencyLoss(CTCLoss.builder().build(), ALPHA);
            NDArray logits = twoViews(manager);
            NDList labels = labels(manager);
            assertThatThrownBy(
                            () ->
                                    loss.evaluate(
                                            new NDList(labels.head().get(":3")),
                                            new NDList(logits.get(":3"))))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageContaining("3 samples")
                    .hasMessageContaining("first the first views");
            assertThatThrownBy(
                            () ->
                                    loss.evaluate(
                                            labels,
                                            new NDList(logits, lengths(manager, 5, 4, 5, 3))))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageContaining("sample 3: 3 frames")
                    .hasMessageContaining("sample 1, has 4")
                    .hasMessageContaining("drawn once for both views");
            NDArray interleaved = manager.create(new long[][] {{1, 2}, {1, 2}, {3, 3}, {3, 3}});
            assertThatThrownBy(() -> loss.evaluate(new NDList(interleaved), new NDList(logits)))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageContaining("sample 2: its target is [3, 3]")
                    .hasMessageContaining("sample 0, is [1, 2]");
            NDArray integers = logits.toType(DataType.INT32, false);
            assertThatThrownBy(() -> loss.evaluate(labels, new NDList(integers)))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageContaining("int32");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void weightsOutOfRangeAreRefused(double weight) {
        CTCLoss ctc = CTCLoss.builder().build();
        assertThatThrownBy(() -> new ConsistencyLoss(ctc, weight))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 or more, but is " + weight);
    }

    private static NDList labels(NDManager manager) {
        return new NDList(manager.create(new long[][] {{1, 2}, {3, 3}, {1, 2}, {3, 3}}));
    }

    private static NDArray lengths(NDManager manager, long... lengths) {
        return manager.create(lengths);
    }

    private static NDArray twoViews(NDManager manager) {
        float[] values = new float[4 * 5 * 4];
        Random random = new Random(7);
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) random.nextGaussian());
        return manager.create(values, new Shape(4, 5, 4));
    }

    private static ConsistencyLoss loss(
            CTCAlgorithm algorithm, RandomBatch batch, EmissionLayout layout, Reduction reduction) {
        CTCLoss ctc =
                CTCLoss.builder()
                        .optAlgorithm(algorithm)
                        .optBlank(batch.blank)
                        .optLayout(layout)
                        .optReduction(reduction)
                        .build();
        return new ConsistencyLoss(ctc, ALPHA);
    }

    private static double weight(RandomBatch batch, int sample, Reduction reduction) {
        return reduction == Reduction.SUM
                ? 1
                : 1.0 / batch.size / Math.max(batch.targets[sample].length, 1);
    }

    /** Half the sum of both divergences over the frames of an utterance. */
    private static double consistency(RandomBatch batch, int utterance) {
        double sum = 0;
        for (int t = 0; t < batch.inputLengths[utterance]; t++) {
            double[] first = batch.logits[utterance][t];
            double[] second = batch.logits[batch.size / 2 + utterance][t];
            sum += divergence(softmax(second), first) + divergence(softmax(first), second);
        }
        return sum / 2;
    }

    /** D_KL(target || softmax(logits)). */
    private static double divergence(double[] target, double[] logits) {
        double[] model = softmax(logits);
        double sum = 0;
        for (int c = 0; c < target.length; c++) {
            sum += target[c] * Math.log(target[c] / model[c]);
        }
        return sum;
    }

    /** The slope of twice the consistency, for the two views of the weight of one, by a step. */
    private static double slope(RandomBatch batch, int sample, int frame, int label) {
        int other = (sample + batch.size / 2) % batch.size;
        double[] target = softmax(batch.logits[other][frame]);
        double[] logits = batch.logits[sample][frame].clone();
        double step = 1e-5;
        logits[label] += step;
        double above = divergence(target, logits);
        logits[label] -= 2 * step;
        double below = divergence(target, logits);
        return (above - below) / (2 * step);
    }

    private static double[] softmax(double[] logits) {
        double greatest = Arrays.stream(logits).max().orElseThrow();
        double[] values = new double[logits.length];
        double sum = 0;
        for (int c = 0; c < values.length; c++) {
            values[c] = Math.exp(logits[c] - greatest);
            sum += values[c];
        }
        for (int c = 0; c < values.length; c++) {
            values[c] /= sum;
        }
        return values;
    }
}
