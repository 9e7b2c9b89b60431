package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCInputException;
import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.host.Reading;
import io.github.djlctc.testing.ArrayTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Every row of the table in {@link CTCLoss}: a typed error, a counted zero, or a defined value. */
@ParameterizedClass
@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AUTO")
class CTCLossBadInputTest extends ArrayTest {

    @Parameter private CTCAlgorithm algorithm;

    private static final int SIZE = 2;
    private static final int FRAMES = 4;
    private static final int CLASSES = 3;
    private static final long[][] TARGETS = {{1, 2}, {2, 1}};
    private static final String ANY_KEY = "key";

    @Override
    protected Device device() {
        return AlgorithmDevice.of(algorithm);
    }

    @Test
    void messageNamesSamplePositionValueAndRemedy() {
        long[][] ids = {{1, 2, 3, 4, 5}, {1, -1, -1, -1, -1}, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 57}};
        NDList predictions = new NDList(manager.zeros(new Shape(4, 20, 57)));
        assertThatThrownBy(
                        () ->
                                CTCLoss.builder()
                                        .optAlgorithm(algorithm)
                                        .build()
                                        .evaluate(targets(ids), predictions))
                .isInstanceOf(CTCInputException.class)
                .hasMessage(
                        "sample 3: target id 57 at position 4, but the logits have 57 classes"
                                + " (0..56); a model needs one class per label plus the blank");
    }

    @ParameterizedTest
    @EnumSource
    void targetIdOutOfRange(EmissionLayout layout) {
        for (long id : new long[] {CLASSES, 1_000_000, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            assertRejected(
                    layout,
                    new long[][] {{1, 2}, {2, id}},
                    "sample 1: target id " + id + " at position 1, but the logits have 3 classes");
        }
        assertRejected(
                layout,
                new long[][] {{Long.MIN_VALUE, 2}, {2, 1}},
                "sample 0: target id " + Long.MIN_VALUE + " at position 0");
        assertRejected(
                layout, new long[][] {{1, 2}, {-2, 1}}, "sample 1: target id -2 at position 0");
    }

    @ParameterizedTest
    @EnumSource
    void paddingLabelWithinTheTargetLength(EmissionLayout layout) {
        NDList labels = targets(new long[][] {{1, -1}, {2, 1}});
        labels.add(manager.create(new long[] {2, 2}));
        assertRejected(layout, labels, logits(layout), "sample 0: target id -1 at position 1");
    }

    @ParameterizedTest
    @EnumSource
    void blankInATarget(EmissionLayout layout) {
        assertRejected(
                layout,
                new long[][] {{1, 2}, {2, 0}},
                "sample 1: target id 0 at position 1 is the blank");
    }

    @ParameterizedTest
    @EnumSource
    void blankThatIsNoClass(EmissionLayout layout) {
        CTCLoss loss =
                CTCLoss.builder()
                        .optAlgorithm(algorithm)
                        .optLayout(layout)
                        .optBlank(CLASSES)
                        .build();
        assertThatThrownBy(() -> loss.evaluate(targets(TARGETS), new NDList(logits(layout))))
                .isInstanceOf(CTCInputException.class)
                .hasMessage("the blank is class 3, but the logits have 3 classes (0..2)");
        assertThatThrownBy(() -> CTCLoss.builder().optBlank(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void labelAfterThePadding(EmissionLayout layout) {
        assertRejected(
                layout,
                new long[][] {{1, 2, 1}, {2, -1, 1}},
                "sample 1: target id 1 at position 2 stands after the padding label -1 at position"
                        + " 1; padding must be at the end");
    }

    @ParameterizedTest
    @EnumSource
    void oneClass(EmissionLayout layout) {
        NDArray logits = manager.zeros(new Shape(SIZE, SIZE, 1));
        NDList empty = new NDList(manager.create(new Shape(SIZE, 0), DataType.INT64));
        assertRejected(layout, empty, logits, "1 class(es)", "one class per label plus the blank");
    }

    @ParameterizedTest
    @EnumSource
    void noSampleOrNoFrame(EmissionLayout layout) {
        for (Shape shape : new Shape[] {new Shape(0, 4, 3), new Shape(4, 0, 3)}) {
            NDArray logits = manager.create(shape);
            assertRejected(layout, targets(TARGETS), logits, "the logits are empty");
        }
    }

    @ParameterizedTest
    @EnumSource
    void targetLengthOutOfRange(EmissionLayout layout) {
        for (long length : new long[] {3, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            NDList labels = targets(TARGETS);
            labels.add(manager.create(new long[] {2, length}));
            assertRejected(
                    layout,
                    labels,
                    logits(layout),
                    "sample 1: target length " + length + ", but the targets have 2 positions");
        }
    }

    @ParameterizedTest
    @EnumSource
    void concatenatedTargetsOfAnotherLength(EmissionLayout layout) {
        NDArray ids = manager.create(new long[] {1, 2, 1});
        assertRejected(
                layout,
                new NDList(ids, manager.create(new long[] {2, 2})),
                logits(layout),
                "sample 1: target length 2, but 1 concatenated ids are left for it");
        assertRejected(
                layout,
                new NDList(ids, manager.create(new long[] {1, 1})),
                logits(layout),
                "the target lengths add up to 2, but the concatenated targets hold 3 ids");
        assertRejected(layout, new NDList(ids), logits(layout), "the targets have the shape (3)");
    }

    @ParameterizedTest
    @EnumSource
    void inputLengthOutOfRange(EmissionLayout layout) {
        for (long length : new long[] {5, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            NDList predictions = new NDList(logits(layout), manager.create(new long[] {4, length}));
            assertThatThrownBy(() -> loss(layout).evaluate(targets(TARGETS), predictions))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessage(
                            "sample 1: input length "
                                    + length
                                    + ", but the logits have 4 frames; give the number of frames"
                                    + " after subsampling, 0 to 4");
        }
    }

    @ParameterizedTest
    @EnumSource
    void lengthsThatAreNotWhole(EmissionLayout layout) {
        float[] wrong = {1.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f};
        for (float length : wrong) {
            NDList predictions =
                    new NDList(logits(layout), manager.create(new float[] {4, length}));
            assertThatThrownBy(() -> loss(layout).evaluate(targets(TARGETS), predictions))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageStartingWith("the input lengths hold ")
                    .hasMessageContaining(
                            "at element 1, but must be whole numbers; int64 is the usual type");
        }
    }

    @ParameterizedTest
    @EnumSource
    void idsThatAreNotWhole(EmissionLayout layout) {
        NDArray ids = manager.create(new float[] {1, 2, 2, 1.5f}, new Shape(2, 2));
        assertRejected(
                layout,
                new NDList(ids),
                logits(layout),
                "the targets hold 1.5 at sample 1, position 1");
    }

    @ParameterizedTest
    @EnumSource
    void wholeNumbersOfOtherTypes(EmissionLayout layout) {
        double expected = value(layout, targets(TARGETS), logits(layout));
        DataType[] types = {
            DataType.FLOAT32,
            DataType.FLOAT64,
            DataType.FLOAT16,
            DataType.INT32,
            DataType.INT8,
            DataType.UINT8
        };
        for (DataType type : types) {
            NDList labels =
                    new NDList(
                            targets(TARGETS).head().toType(type, false),
                            manager.create(new long[] {2, 2}).toType(type, false));
            assertThat(value(layout, labels, logits(layout))).as("%s", type).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void booleanTargetsAndLengths(EmissionLayout layout) {
        NDArray ids = targets(TARGETS).head().toType(DataType.BOOLEAN, false);
        assertRejected(
                layout,
                new NDList(ids),
                logits(layout),
                "the targets are of type boolean, but must be int64");
        NDList lengths = targets(TARGETS);
        lengths.add(manager.create(new boolean[] {true, true}));
        assertRejected(
                layout,
                lengths,
                logits(layout),
                "the target lengths are of type boolean, but must be int64");
    }

    @ParameterizedTest
    @EnumSource
    void logitsThatAreNotFloating(EmissionLayout layout) {
        for (DataType type : new DataType[] {DataType.INT64, DataType.INT32, DataType.BOOLEAN}) {
            assertRejected(
                    layout,
                    targets(TARGETS),
                    logits(layout).toType(type, false),
                    "the logits are of type " + type,
                    "must be float32 or float64");
        }
    }

    @ParameterizedTest
    @EnumSource
    void halfPrecisionLogitsAreComputedInSinglePrecision(EmissionLayout layout) {
        NDArray half = logits(layout).toType(DataType.FLOAT16, false);
        NDList labels = targets(TARGETS);
        try (NDArray loss = loss(layout).evaluate(labels, new NDList(half))) {
            assertThat(loss.getDataType()).isEqualTo(DataType.FLOAT32);
            double value = value(layout, labels, logits(layout));
            assertThat(Math.abs(loss.getFloat() - value)).isLessThan(1e-2 * value);
        }
        NDArray gradient =
                Backward.gradient(half, () -> loss(layout).evaluate(labels, new NDList(half)));
        NDArray single = half.stopGradient().toType(DataType.FLOAT32, false);
        NDArray expected =
                Backward.gradient(single, () -> loss(layout).evaluate(labels, new NDList(single)));
        assertThat(gradient.toType(DataType.FLOAT32, false).toFloatArray())
                .containsExactly(expected.toFloatArray(), within(1e-3f));
    }

    @ParameterizedTest
    @EnumSource
    void numbersOfSamplesThatDiffer(EmissionLayout layout) {
        assertRejected(layout, new long[][] {{1, 2}, {2, 1}, {1, 2}}, "the targets have the shape");
        NDList labels = targets(TARGETS);
        labels.add(manager.create(new long[] {1, 2, 1}));
        assertRejected(
                layout,
                labels,
                logits(layout),
                "the target lengths have the shape (3), but must be (2)");
        NDList predictions = new NDList(logits(layout), manager.create(new long[] {4}));
        assertThatThrownBy(() -> loss(layout).evaluate(targets(TARGETS), predictions))
                .isInstanceOf(CTCInputException.class)
                .hasMessage("the input lengths have the shape (1), but must be (2)");
    }

    @ParameterizedTest
    @EnumSource
    void logitsOfAnotherRank(EmissionLayout layout) {
        for (Shape shape : new Shape[] {new Shape(2, 4, 3, 1), new Shape(2, 12), new Shape()}) {
            assertRejected(
                    layout,
                    targets(TARGETS),
                    manager.zeros(shape),
                    "the logits have the shape " + shape,
                    layout == EmissionLayout.BATCH_MAJOR ? "(N,T,C)" : "(T,N,C)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void numberOfArrays(EmissionLayout layout) {
        NDArray logits = logits(layout);
        NDArray lengths = manager.create(new long[] {4, 4});
        CTCLoss loss = loss(layout);
        loss.addAccumulator(ANY_KEY);
        for (NDList wrong : new NDList[] {new NDList(), new NDList(logits, lengths, lengths)}) {
            assertThatThrownBy(() -> loss.evaluate(targets(TARGETS), wrong))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageStartingWith("the predictions have " + wrong.size() + " arrays");
            assertThatThrownBy(() -> loss.updateAccumulator(ANY_KEY, targets(TARGETS), wrong))
                    .isInstanceOf(CTCInputException.class);
            assertThatThrownBy(() -> loss.evaluate(wrong, new NDList(logits)))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessageStartingWith("the labels have " + wrong.size() + " arrays");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.y", "x[]", "x()", "x(2,3)", "x[0/y]", "module_method:foo", ""})
    void namesOfArraysMeanNothingAndStay(String name) {
        NDArray logits = logits(EmissionLayout.BATCH_MAJOR);
        double expected = value(EmissionLayout.BATCH_MAJOR, targets(TARGETS), logits);
        NDList labels = targets(TARGETS);
        labels.add(manager.create(new long[] {2, 2}));
        NDList predictions = new NDList(logits, manager.create(new long[] {4, 4}));
        labels.forEach(array -> array.setName(name));
        predictions.forEach(array -> array.setName(name));
        CTCLoss loss = loss(EmissionLayout.BATCH_MAJOR);
        assertThat(loss.evaluate(labels, predictions).getDouble()).isEqualTo(expected);
        assertThat(labels).allMatch(array -> array.getName().equals(name));
        assertThat(predictions).allMatch(array -> array.getName().equals(name));
        double[] gradient =
                Backward.gradient(logits, () -> loss.evaluate(labels, predictions)).toDoubleArray();
        assertFiniteAndNotZero(gradient);
    }

    @ParameterizedTest
    @EnumSource
    void emptyTargetAndInputOfNoFrames(EmissionLayout layout) {
        NDArray zeros = manager.zeros(shape(layout), DataType.FLOAT64);
        NDList noLabels = new NDList(manager.create(new Shape(SIZE, 0), DataType.INT64));
        NDList predictions = new NDList(zeros, manager.create(new long[] {FRAMES, 0}));
        double[] losses = loss(layout).evaluatePerSample(noLabels, predictions).toDoubleArray();
        assertThat(losses[0]).isCloseTo(FRAMES * Math.log(CLASSES), within(1e-12));
        assertThat(losses[1]).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void tooFewFramesByPolicy(EmissionLayout layout) {
        // Two equal labels need three frames; sample 1 has two, then none.
        NDList labels = targets(new long[][] {{1, 2}, {2, 2}});
        for (long length : new long[] {2, 0}) {
            NDList predictions = new NDList(logits(layout), manager.create(new long[] {4, length}));
            CTCLoss zero = loss(layout, InfeasiblePolicy.ZERO);
            zero.addAccumulator(ANY_KEY);
            double[] losses = zero.evaluatePerSample(labels, predictions).toDoubleArray();
            assertThat(losses[0]).isPositive();
            assertThat(losses[1]).isZero();
            zero.updateAccumulator(ANY_KEY, labels, predictions);
            assertThat(zero.infeasibleSamples(ANY_KEY)).isEqualTo(1);
            double[][][] gradient = gradient(layout, zero, labels, predictions);
            assertFiniteAndNotZero(flat(gradient[0]));
            assertThat(flat(gradient[1])).containsOnly(0);

            CTCLoss infinite = loss(layout, InfeasiblePolicy.KEEP_INFINITE);
            assertThat(infinite.evaluatePerSample(labels, predictions).toDoubleArray())
                    .containsExactly(losses[0], Double.POSITIVE_INFINITY);
            assertThat(infinite.evaluate(labels, predictions).getDouble()).isInfinite();
            double[][] infiniteGradient = gradient(layout, infinite, labels, predictions)[1];
            for (int t = 0; t < FRAMES; t++) {
                assertThat(infiniteGradient[t]).containsOnly(t < length ? Double.NaN : 0);
            }

            assertThatThrownBy(
                            () ->
                                    loss(layout, InfeasiblePolicy.THROW)
                                            .evaluate(labels, predictions))
                    .isInstanceOf(CTCInputException.class)
                    .hasMessage(
                            "sample 1: "
                                    + length
                                    + " frames, but its target of 2 labels with 1 adjacent repeats"
                                    + " needs at least 3; subsample less, or leave the sample out");
        }
    }

    @ParameterizedTest
    @EnumSource
    void dropsASampleOfTooFewFramesWhateverItsLogits(EmissionLayout layout) {
        NDList labels = targets(new long[][] {{1, 2}, {2, 2}});
        NDArray logits = logits(layout);
        fill(layout, logits, 1, 0, Double.NaN);
        NDList predictions = new NDList(logits, manager.create(new long[] {4, 2}));
        CTCLoss loss = loss(layout, InfeasiblePolicy.ZERO);
        assertThat(loss.evaluatePerSample(labels, predictions).toDoubleArray()[1]).isZero();
        assertThat(flat(gradient(layout, loss, labels, predictions)[1])).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource
    void notANumberAndPlusInfinityAreNeverHidden(EmissionLayout layout) {
        for (InfeasiblePolicy policy : InfeasiblePolicy.values()) {
            for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                NDArray logits = logits(layout);
                set(layout, logits, 1, 2, 0, bad);
                assertOnlySampleOneIsNaN(layout, policy, logits);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void frameOfOnlyMinusInfinityIsNeverHidden(EmissionLayout layout) {
        for (InfeasiblePolicy policy : InfeasiblePolicy.values()) {
            NDArray logits = logits(layout);
            fill(layout, logits, 1, 2, Double.NEGATIVE_INFINITY);
            assertOnlySampleOneIsNaN(layout, policy, logits);
        }
    }

    @ParameterizedTest
    @EnumSource
    void logitOfMinusInfinityIsAClassOfProbabilityZero(EmissionLayout layout) {
        NDArray logits = logits(layout);
        set(layout, logits, 1, 1, 1, Double.NEGATIVE_INFINITY);
        NDList labels = targets(TARGETS);
        NDList predictions = new NDList(logits);
        CTCLoss loss = loss(layout);
        double[][] sample = new double[FRAMES][CLASSES];
        double[] values =
                (layout == EmissionLayout.BATCH_MAJOR ? logits : logits.swapAxes(0, 1))
                        .get(1)
                        .toDoubleArray();
        for (int t = 0; t < FRAMES; t++) {
            System.arraycopy(values, t * CLASSES, sample[t], 0, CLASSES);
        }
        assertThat(loss.evaluatePerSample(labels, predictions).toDoubleArray()[1])
                .isCloseTo(Alignments.loss(sample, FRAMES, TARGETS[1], 0), within(1e-12));
        double[][] gradient = gradient(layout, loss, labels, predictions)[1];
        double[][] expected = Alignments.gradient(sample, FRAMES, TARGETS[1], 0);
        assertThat(expected[1][1]).isZero();
        assertThat(flat(gradient))
                .usingElementComparator((a, b) -> Math.abs(a - b / 4) < 1e-12 ? 0 : 1)
                .containsExactly(flat(expected));
    }

    @ParameterizedTest
    @EnumSource
    void noAlignmentOfNonZeroProbabilityByPolicy(EmissionLayout layout) {
        NDArray logits = logits(layout);
        for (int t = 0; t < FRAMES; t++) {
            set(layout, logits, 1, t, 1, Double.NEGATIVE_INFINITY);
        }
        NDList labels = targets(TARGETS);
        NDList predictions = new NDList(logits);

        CTCLoss zero = loss(layout, InfeasiblePolicy.ZERO);
        zero.addAccumulator(ANY_KEY);
        assertThat(zero.evaluatePerSample(labels, predictions).toDoubleArray()[1]).isZero();
        assertThat(flat(gradient(layout, zero, labels, predictions)[1])).containsOnly(0);
        zero.updateAccumulator(ANY_KEY, labels, predictions);
        assertThat(zero.infeasibleSamples(ANY_KEY)).isEqualTo(1);
        assertThat(CapturedLog.of(() -> zero.resetAccumulator(ANY_KEY)))
                .contains("1 of probability 0", "batch 0, sample 1", "probability 0");

        for (InfeasiblePolicy policy :
                new InfeasiblePolicy[] {InfeasiblePolicy.KEEP_INFINITE, InfeasiblePolicy.THROW}) {
            double[] losses =
                    loss(layout, policy).evaluatePerSample(labels, predictions).toDoubleArray();
            assertThat(losses[0]).isFinite();
            assertThat(losses[1]).isEqualTo(Double.POSITIVE_INFINITY);
        }
    }

    private void assertOnlySampleOneIsNaN(
            EmissionLayout layout, InfeasiblePolicy policy, NDArray logits) {
        NDList labels = targets(TARGETS);
        NDList predictions = new NDList(logits);
        CTCLoss loss = loss(layout, policy);
        assertThat(loss.evaluate(labels, predictions).getDouble()).isNaN();
        double[] losses = loss.evaluatePerSample(labels, predictions).toDoubleArray();
        double[] intact =
                loss.evaluatePerSample(labels, new NDList(logits(layout))).toDoubleArray();
        assertThat(losses).containsExactly(intact[0], Double.NaN);

        double[][][] gradient = gradient(layout, loss, labels, predictions);
        double[][][] neighbours = gradient(layout, loss, labels, new NDList(logits(layout)));
        assertThat(gradient[0]).isDeepEqualTo(neighbours[0]);
        assertThat(flat(gradient[1])).containsOnly(Double.NaN);
    }

    private void assertRejected(EmissionLayout layout, long[][] targets, String... message) {
        assertRejected(layout, targets(targets), logits(layout), message);
    }

    private void assertRejected(
            EmissionLayout layout, NDList labels, NDArray logits, String... message) {
        Reading.everyWay(() -> assertNothingIsLeft(layout, labels, logits, message));
    }

    private void assertNothingIsLeft(
            EmissionLayout layout, NDList labels, NDArray logits, String... message) {
        CTCLoss loss = loss(layout);
        int arrays = manager.getManagedArrays().size();
        assertThatThrownBy(() -> loss.evaluate(labels, new NDList(logits)))
                .isInstanceOf(CTCInputException.class)
                .hasMessageContainingAll(message);
        assertThat(manager.getManagedArrays()).as("arrays left over").hasSize(arrays);
        assertThatThrownBy(() -> loss.evaluatePerSample(labels, new NDList(logits)))
                .isInstanceOf(CTCInputException.class);
    }

    private static void assertFiniteAndNotZero(double[] gradient) {
        assertThat(Arrays.stream(gradient)).allMatch(Double::isFinite);
        assertThat(Arrays.stream(gradient)).anyMatch(slope -> slope != 0);
    }

    private CTCLoss loss(EmissionLayout layout) {
        return loss(layout, InfeasiblePolicy.ZERO);
    }

    private CTCLoss loss(EmissionLayout layout, InfeasiblePolicy policy) {
        return CTCLoss.builder()
                .optAlgorithm(algorithm)
                .optLayout(layout)
                .optInfeasible(policy)
                .build();
    }

    private NDList targets(long[][] ids) {
        long[] flat = Arrays.stream(ids).flatMapToLong(Arrays::stream).toArray();
        return new NDList(manager.create(flat, new Shape(ids.length, ids[0].length)));
    }

    private static Shape shape(EmissionLayout layout) {
        return layout == EmissionLayout.BATCH_MAJOR
                ? new Shape(SIZE, FRAMES, CLASSES)
                : new Shape(FRAMES, SIZE, CLASSES);
    }

    /** The same random float64 logits in either layout. */
    private NDArray logits(EmissionLayout layout) {
        double[] values = new Random(1).doubles(SIZE * FRAMES * CLASSES, -2, 2).toArray();
        NDArray logits = manager.create(values, shape(EmissionLayout.BATCH_MAJOR));
        return layout == EmissionLayout.BATCH_MAJOR
                ? logits
                : logits.transpose(1, 0, 2).duplicate();
    }

    private static void set(
            EmissionLayout layout, NDArray logits, int sample, int frame, int label, double value) {
        int index =
                layout == EmissionLayout.BATCH_MAJOR
                        ? (sample * FRAMES + frame) * CLASSES + label
                        : (frame * SIZE + sample) * CLASSES + label;
        double[] values = logits.toDoubleArray();
        values[index] = value;
        logits.set(values);
    }

    private static void fill(
            EmissionLayout layout, NDArray logits, int sample, int frame, double value) {
        for (int c = 0; c < CLASSES; c++) {
            set(layout, logits, sample, frame, c, value);
        }
    }

    private double value(EmissionLayout layout, NDList labels, NDArray logits) {
        return loss(layout).evaluate(labels, new NDList(logits)).getDouble();
    }

    private double[][][] gradient(
            EmissionLayout layout, CTCLoss loss, NDList labels, NDList predictions) {
        NDArray logits = predictions.head().duplicate();
        NDList copy = new NDList(predictions);
        copy.set(0, logits);
        return Backward.gradient(logits, layout, () -> loss.evaluate(labels, copy));
    }

    private static double[] flat(double[][] values) {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).toArray();
    }
}
