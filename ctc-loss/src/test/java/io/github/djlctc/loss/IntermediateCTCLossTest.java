package io.github.djlctc.loss;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;

import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.host.CountsArrays;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.testing.ArrayTest;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class IntermediateCTCLossTest extends ArrayTest {

    private static final String KEY = "epoch";
    private static final int SAMPLES = 2;
    private static final int FRAMES = 7;
    private static final int CLASSES = 4;

    /** A batch and other logits for its labels. */
    record Heads(RandomBatch batch, long seed) {

        NDList predictions(NDManager manager, int heads, EmissionLayout layout) {
            NDList predictions = batch.predictions(manager, DataType.FLOAT64, layout);
            Random random = new Random(seed);
            for (int k = 0; k < heads; k++) {
                double[] values = new double[batch.size * batch.frames * batch.classes];
                for (int i = 0; i < values.length; i++) {
                    values[i] = random.nextGaussian();
                }
                predictions.add(manager.create(values, predictions.head().getShape()));
            }
            return predictions;
        }
    }

    @Provide
    Arbitrary<Heads> batches() {
        return Arbitraries.randomValue(
                random -> new Heads(new RandomBatch(random), random.nextLong()));
    }

    /** Losses and gradients are those of losses that are computed one by one, weighted in Java. */
    @Property(tries = 100, seed = "2021")
    void isTheWeightedSumOfTheLosses(
            @ForAll("batches") Heads heads,
            @ForAll @IntRange(max = 3) int interpolated,
            @ForAll @IntRange(max = 2) int added,
            @ForAll @DoubleRange(min = 0.1, max = 0.9) double share,
            @ForAll @DoubleRange(min = 0.1, max = 3) double weight,
            @ForAll EmissionLayout layout,
            @ForAll Reduction reduction) {
        if (interpolated + added == 0) {
            return;
        }
        CTCLoss.Builder settings =
                CTCLoss.builder()
                        .optBlank(heads.batch().blank)
                        .optLayout(layout)
                        .optReduction(reduction);
        IntermediateCTCLoss.Builder builder =
                IntermediateCTCLoss.builder().optOutput(settings.build());
        if (interpolated > 0) {
            builder.optInterpolated(interpolated, share);
        }
        if (added > 0) {
            builder.optAdded(added, weight);
        }
        double[] weights = new double[1 + interpolated + added];
        weights[0] = interpolated > 0 ? 1 - share : 1;
        for (int i = 1; i < weights.length; i++) {
            weights[i] = i <= interpolated ? share / interpolated : weight / added;
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            NDList labels = heads.batch().labels(manager);
            NDList predictions = heads.predictions(manager, interpolated + added, layout);
            double expected = 0;
            List<double[]> gradients = new ArrayList<>();
            for (int i = 0; i < weights.length; i++) {
                NDArray logits = logits(predictions, i).duplicate();
                NDList alone = new NDList(logits, predictions.get(1));
                CTCLoss loss = settings.build();
                gradients.add(
                        Backward.gradient(logits, () -> loss.evaluate(labels, alone))
                                .toDoubleArray());
                expected += weights[i] * loss.losses(labels, alone).reduced();
            }
            for (int i = 0; i < weights.length; i++) {
                logits(predictions, i).setRequiresGradient(true);
            }
            double actual;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray total = builder.build().evaluate(labels, predictions);
                assertThat(total.getShape().dimension()).isZero();
                assertThat(total.getDataType()).isEqualTo(DataType.FLOAT64);
                actual = HostArrays.readScalar(total);
                collector.backward(total);
            }

            assertThat(actual).isCloseTo(expected, within(1e-9));
            for (int i = 0; i < weights.length; i++) {
                double[] gradient = logits(predictions, i).getGradient().toDoubleArray();
                for (int j = 0; j < gradient.length; j++) {
                    double slope = weights[i] * gradients.get(i)[j];
                    assertThat(gradient[j]).isCloseTo(slope, within(1e-9));
                }
            }
        }
    }

    private static NDArray logits(NDList predictions, int component) {
        return predictions.get(component == 0 ? 0 : 1 + component);
    }

    @Test
    void headsAreWithoutTheRegularizationOfTheOutput() {
        CTCLoss output =
                CTCLoss.builder().optLabelSmoothing(0.2).optBlankRegularization(0.1).build();
        IntermediateCTCLoss loss =
                IntermediateCTCLoss.builder().optOutput(output).optInterpolated(1, 0.5).build();
        NDList predictions = predictions(1);

        double actual = HostArrays.readScalar(loss.evaluate(labels(), predictions));

        double own = loss.output().losses(labels(), predictions.subNDList(0, 2)).reduced();
        CTCLoss plain = CTCLoss.builder().build();
        double ofHead =
                plain.losses(labels(), new NDList(predictions.get(2), predictions.get(1)))
                        .reduced();
        assertThat(actual).isCloseTo((own + ofHead) / 2, within(1e-5));
    }

    @Test
    void theMeanIsThatOfTheOutputAndHeadsHaveTheirOwn() {
        IntermediateCTCLoss loss = interpolated(2);
        loss.addAccumulator(KEY);
        NDList labels = labels();
        NDList predictions = predictions(2);
        loss.evaluate(labels, predictions);
        // Closed logits cannot be run again: what was evaluated is not evaluated twice.
        predictions.head().close();
        predictions.get(2).close();

        loss.updateAccumulators(new String[] {KEY}, labels, predictions);

        assertThat(loss.getComponents()).hasSize(3).first().isSameAs(loss.output());
        assertThat(loss.heads()).isEqualTo(loss.getComponents().subList(1, 3));
        assertThat(loss.getAccumulator(KEY)).isEqualTo(loss.output().getAccumulator(KEY));
        assertThat(loss.getComponents())
                .extracting(l -> l.getAccumulator(KEY))
                .doesNotHaveDuplicates();
        assertThat(loss.getComponents())
                .extracting(Loss::getName)
                .containsExactly("CTCLoss", "CTCLoss of head 1", "CTCLoss of head 2");
        loss.resetAccumulator(KEY);
        assertThat(loss.getComponents()).allSatisfy(l -> assertThat(l.getAccumulator(KEY)).isNaN());
    }

    @Test
    void validationHasNoHeads() {
        IntermediateCTCLoss loss = interpolated(2);
        loss.addAccumulator(KEY);
        NDList predictions = predictions(0);

        loss.updateAccumulator(KEY, labels(), predictions);

        CTCLoss alone = CTCLoss.builder().build();
        assertThat(loss.getAccumulator(KEY))
                .isEqualTo((float) alone.losses(labels(), predictions).reduced());
        assertThat(loss.heads()).allSatisfy(head -> assertThat(head.getAccumulator(KEY)).isNaN());
    }

    @Test
    void infeasibleSamplesAreReportedOnceForAllHeads() {
        IntermediateCTCLoss loss = interpolated(2);
        loss.addAccumulator(KEY);
        NDList predictions = predictions(2);
        predictions.set(1, manager.create(new long[] {7, 2}));
        loss.updateAccumulator(KEY, labels(), predictions);

        assertThat(CapturedLog.of(() -> loss.resetAccumulator(KEY)))
                .containsOnlyOnce("WARN")
                .contains("CTCLoss, epoch: 1 of 2 samples have an infinite loss");
        assertThat(CapturedLog.of(() -> loss.resetAccumulator(KEY))).isEmpty();
    }

    @Test
    void aBatchIsLeftOutOfAllMeans() {
        IntermediateCTCLoss loss = interpolated(1);
        loss.addAccumulator(KEY);
        NDList labels = labels();
        NDList predictions = predictions(1);
        loss.evaluate(labels, predictions);
        loss.updateAccumulator(KEY, labels, predictions);
        assertThat(loss.getComponents())
                .allSatisfy(l -> assertThat(l.getAccumulator(KEY)).isPositive());

        loss.leaveOut(labels, predictions);

        assertThat(loss.getComponents()).allSatisfy(l -> assertThat(l.getAccumulator(KEY)).isNaN());
    }

    @Test
    void namesMissingAndSurplusHeads() {
        IntermediateCTCLoss loss = interpolated(2);
        assertThatThrownBy(() -> loss.evaluate(labels(), predictions(0)))
                .isInstanceOf(CTCInputException.class)
                .hasMessageStartingWith(
                        "no logits of intermediate heads among the 2 predictions, but the loss is"
                                + " of 2")
                .hasMessageContaining("heads give them in training only");
        for (int heads : new int[] {1, 3}) {
            NDList predictions = predictions(heads);
            assertThatThrownBy(() -> loss.evaluate(labels(), predictions))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageStartingWith("the logits of " + heads + " of intermediate heads");
            assertThatThrownBy(
                            () ->
                                    loss.updateAccumulators(
                                            new String[] {KEY}, labels(), predictions))
                    .isInstanceOf(CTCInputException.class);
        }
    }

    @Test
    void namesLogitsThatAreNotLikeThoseOfTheOutput() {
        IntermediateCTCLoss loss = interpolated(2);
        for (NDArray wrong :
                List.of(
                        manager.ones(new Shape(SAMPLES, FRAMES, CLASSES + 1)),
                        manager.ones(new Shape(SAMPLES, FRAMES - 1, CLASSES)),
                        manager.ones(new Shape(SAMPLES, FRAMES, CLASSES), DataType.FLOAT64))) {
            NDList predictions = predictions(1);
            predictions.add(wrong);
            assertThatThrownBy(() -> loss.evaluate(labels(), predictions))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageContaining("the logits of intermediate head 2 are ")
                    .hasMessageContaining(wrong.getShape().toString())
                    .hasMessageContaining("but those of the output float32 (2, 7, 4)");
        }
    }

    @Test
    void weightsAndNumbersOutOfRangeAreRefused() {
        IntermediateCTCLoss.Builder builder = IntermediateCTCLoss.builder();
        for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.optInterpolated(1, share))
                    .withMessageContaining("above 0 and below 1, but is " + share);
        }
        for (double weight : new double[] {0, -1, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.optAdded(1, weight))
                    .withMessageContaining("above 0, but is " + weight);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optInterpolated(0, 0.3))
                .withMessage("0 heads: 1 or more expected");
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContaining("call optInterpolated or optAdded");
    }

    @CountsArrays
    void leavesNothingBehindButTheLoss() {
        IntermediateCTCLoss loss = interpolated(3);
        loss.addAccumulator(KEY);
        NDList labels = labels();
        NDList predictions = predictions(3);
        for (int i = 2; i < 5; i++) {
            predictions.get(i).setRequiresGradient(true);
        }
        step(loss, labels, predictions);
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 20; i++) {
            step(loss, labels, predictions);
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    private static void step(IntermediateCTCLoss loss, NDList labels, NDList predictions) {
        try (NDManager step = predictions.head().getManager().newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray total = loss.evaluate(labels, predictions);
            // Back-propagation leaves an array in the manager of the loss.
            total.attach(step);
            collector.backward(total);
        }
        loss.updateAccumulators(new String[] {KEY}, labels, predictions);
    }

    private static IntermediateCTCLoss interpolated(int heads) {
        return IntermediateCTCLoss.builder().optInterpolated(heads, 0.3).build();
    }

    private NDList labels() {
        return new NDList(manager.create(new long[][] {{1, 2, 3}, {3, 3, -1}}));
    }

    private NDList predictions(int heads) {
        Shape shape = new Shape(SAMPLES, FRAMES, CLASSES);
        NDList predictions =
                new NDList(manager.randomNormal(shape), manager.create(new long[] {7, 5}));
        for (int i = 0; i < heads; i++) {
            predictions.add(manager.randomNormal(shape));
        }
        return predictions;
    }
}
