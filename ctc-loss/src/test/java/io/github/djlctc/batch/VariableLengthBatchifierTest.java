package io.github.djlctc.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.PaddingStackBatchifier;

import io.github.djlctc.host.CountsArrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VariableLengthBatchifierTest {

    private static final VariableLengthBatchifier FEATURES = VariableLengthBatchifier.forFeatures();
    private static final VariableLengthBatchifier TARGETS = VariableLengthBatchifier.forTargets();

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager("PyTorch");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void featuresArePaddedWithZeroAndFollowedByTheirLengths() {
        NDList batch = FEATURES.batchify(features(2, 1, 3));

        assertThat(batch).hasSize(2);
        assertThat(batch.get(0).getShape()).isEqualTo(new Shape(3, 3, 2));
        assertThat(batch.get(0).toFloatArray())
                .containsExactly(1, 2, 3, 4, 0, 0, 1, 2, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6);
        assertThat(batch.get(1).getDataType()).isEqualTo(DataType.INT64);
        assertThat(batch.get(1).toLongArray()).containsExactly(2, 1, 3);
    }

    @Test
    void targetsArePaddedWithMinusOne() {
        NDList batch = TARGETS.batchify(targets(2, 0, 3));

        assertThat(batch.get(0).getShape()).isEqualTo(new Shape(3, 3));
        assertThat(batch.get(0).toLongArray()).containsExactly(1, 2, -1, -1, -1, -1, 1, 2, 3);
        assertThat(batch.get(1).toLongArray()).containsExactly(2, 0, 3);
    }

    @Test
    void targetsMayBeInt32() {
        NDList batch =
                TARGETS.batchify(
                        new NDList[] {
                            new NDList(manager.create(new int[] {7})),
                            new NDList(manager.create(new int[] {8, 9}))
                        });

        assertThat(batch.get(0).toIntArray()).containsExactly(7, -1, 8, 9);
    }

    @Test
    void aBatchOfEmptyTargetsHasNoPositions() {
        NDList batch = TARGETS.batchify(targets(0, 0));

        assertThat(batch.get(0).getShape()).isEqualTo(new Shape(2, 0));
        assertThat(batch.get(1).toLongArray()).containsExactly(0, 0);
        assertThat(TARGETS.unbatchify(batch)[1].head().getShape()).isEqualTo(new Shape(0));
        assertThat(TARGETS.split(batch, 2, false)[1].head().getShape()).isEqualTo(new Shape(1, 0));
    }

    @Test
    void severalDimensionsOfOneArrayArePadded() {
        Batchifier images =
                VariableLengthBatchifier.builder().addPad(0, 1, 9).addPad(0, 2, 9).build();
        NDList batch =
                images.batchify(
                        new NDList[] {
                            new NDList(manager.ones(new Shape(1, 2, 1))),
                            new NDList(manager.ones(new Shape(1, 1, 3)))
                        });

        assertThat(batch.get(0).getShape()).isEqualTo(new Shape(2, 1, 2, 3));
        assertThat(batch.get(0).toFloatArray()).containsExactly(1, 9, 9, 1, 9, 9, 1, 1, 1, 9, 9, 9);
        assertThat(batch.get(1).toLongArray()).containsExactly(2, 1);
        assertThat(batch.get(2).toLongArray()).containsExactly(1, 3);
        assertThat(images.unbatchify(batch)[0].head().getShape()).isEqualTo(new Shape(1, 2, 1));
    }

    @Test
    void lengthsFollowInOrderOfDeclaration() {
        Batchifier batchifier =
                VariableLengthBatchifier.builder().addPad(1, 0, -1).addPad(0, 0, 0).build();
        NDList batch =
                batchifier.batchify(
                        new NDList[] {
                            new NDList(manager.ones(new Shape(5)), manager.ones(new Shape(1))),
                            new NDList(manager.ones(new Shape(4)), manager.ones(new Shape(2)))
                        });

        assertThat(batch.get(2).toLongArray()).containsExactly(1, 2);
        assertThat(batch.get(3).toLongArray()).containsExactly(5, 4);
    }

    @ParameterizedTest
    @CsvSource({"1,5", "2,6", "5,5", "8,8"})
    void paddedSizesAreRoundedUpToTheMultiple(int multiple, long paddedSize) {
        NDList batch =
                VariableLengthBatchifier.builder()
                        .addPad(0, 0, 0)
                        .optMultipleOf(multiple)
                        .build()
                        .batchify(features(5, 3));

        assertThat(batch.get(0).getShape()).isEqualTo(new Shape(2, paddedSize, 2));
        assertThat(batch.get(1).toLongArray()).containsExactly(5, 3);
    }

    @Test
    void arraysThatAreNotDeclaredAreStacked() {
        NDList[] samples = features(2, 1);
        samples[0].add(manager.create(3f));
        samples[1].add(manager.create(4f));

        NDList batch = FEATURES.batchify(samples);

        assertThat(batch.get(1).getShape()).isEqualTo(new Shape(2));
        assertThat(batch.get(1).toFloatArray()).containsExactly(3, 4);
        assertThat(batch.get(2).toLongArray()).containsExactly(2, 1);
    }

    @Test
    void agreesWithPaddingStackBatchifier() {
        Batchifier reference =
                PaddingStackBatchifier.builder()
                        .optIncludeValidLengths(true)
                        .addPad(0, 0, m -> m.zeros(new Shape(1, 2)))
                        .build();

        NDList expected = reference.batchify(features(4, 7, 1, 7));
        NDList actual = FEATURES.batchify(features(4, 7, 1, 7));

        assertThat(actual).hasSameSizeAs(expected);
        assertThat(actual.get(0)).isEqualTo(expected.get(0));
        assertThat(actual.get(1)).isEqualTo(expected.get(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT16", "FLOAT32", "FLOAT64", "INT8", "INT32", "INT64", "UINT8", "BOOLEAN"})
    void keepsTheDataType(DataType dataType) {
        Batchifier ones = VariableLengthBatchifier.builder().addPad(0, 0, 1).build();
        NDList batch =
                ones.batchify(
                        new NDList[] {
                            new NDList(manager.zeros(new Shape(1), dataType)),
                            new NDList(manager.zeros(new Shape(2), dataType))
                        });

        NDArray padded = batch.get(0);
        assertThat(padded.getDataType()).isEqualTo(dataType);
        assertThat(padded.toType(DataType.FLOAT32, true).toFloatArray())
                .containsExactly(0, 1, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"INT64,0.5", "INT32,NaN", "UINT8,-1", "INT8,128", "BOOLEAN,2", "INT64,1e9"})
    void rejectsAPaddingValueThatTheDataTypeCannotHold(DataType dataType, float value) {
        Batchifier batchifier = VariableLengthBatchifier.builder().addPad(0, 0, value).build();
        NDList[] samples = {new NDList(manager.zeros(new Shape(1), dataType))};

        assertThatThrownBy(() -> batchifier.batchify(samples))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("array 0 has data type " + dataType)
                .hasMessageContaining("padding value " + value);
    }

    @Test
    void anyValueMayPadFloats() {
        NDList[] samples = {
            new NDList(manager.ones(new Shape(1))), new NDList(manager.ones(new Shape(2)))
        };
        for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            Batchifier batchifier = VariableLengthBatchifier.builder().addPad(0, 0, value).build();

            assertThat(batchifier.batchify(samples).get(0).toFloatArray())
                    .containsExactly(1, value, 1, 1);
        }
    }

    @Test
    void keepsNames() {
        NDList[] samples = features(2, 1);
        samples[0].head().setName("features");

        NDList batch = FEATURES.batchify(samples);

        assertThat(batch.head().getName()).isEqualTo("features");
        assertThat(FEATURES.unbatchify(batch)[1].head().getName()).isEqualTo("features");
        assertThat(FEATURES.split(batch, 2, false)[1].head().getName()).isEqualTo("features");
    }

    @Test
    void namesSampleArrayShapesAndRemedyWhereShapesDiffer() {
        NDList[] samples = {
            new NDList(manager.ones(new Shape(4, 40))), new NDList(manager.ones(new Shape(3, 39)))
        };

        assertThatThrownBy(() -> FEATURES.batchify(samples))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "sample 1, array 0: shape (3, 39) differs from (4, 40) of sample 0 in"
                                + " dimension 1; to pad it, declare addPad(0, 1, paddingValue)");
    }

    @Test
    void rejectsSamplesThatDiffer() {
        assertRejected("number of dimensions", new Shape(2), new Shape(2, 1));
        NDList mixed = new NDList(manager.zeros(new Shape(1), DataType.INT32));
        assertThatThrownBy(
                        () ->
                                FEATURES.batchify(
                                        new NDList[] {
                                            new NDList(manager.zeros(new Shape(1))), mixed
                                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 1, array 0: data type int32 differs from float32 of sample 0");
        assertThatThrownBy(
                        () ->
                                FEATURES.batchify(
                                        new NDList[] {
                                            new NDList(manager.zeros(new Shape(1))), new NDList()
                                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sample 1 has 0 array(s), but sample 0 has 1");
    }

    @Test
    void rejectsWhatIsNotThere() {
        assertRejected("dimension 0 of array 0", new Shape());
        assertThatThrownBy(() -> FEATURES.batchify(new NDList[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one sample");
        assertThatThrownBy(() -> FEATURES.batchify(new NDList[] {new NDList()}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("array 0 is declared to be padded, but sample 0 has 0 array(s)");
    }

    @Test
    void rejectsStrings() {
        NDArray strings = manager.create(new String[] {"a"});
        NDList[] samples = {new NDList(strings)};

        assertNoBatch(
                "array 0 has data type string",
                new NDList(strings, manager.create(new long[] {1})));

        assertThatThrownBy(() -> FEATURES.batchify(samples))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("array 0 has data type string");
    }

    @CountsArrays
    void aRejectedBatchLeavesNothingBehind() {
        NDList[] samples = {
            new NDList(manager.ones(new Shape(4)), manager.ones(new Shape(1))),
            new NDList(manager.ones(new Shape(3)), manager.ones(new Shape(2)))
        };
        int before = manager.getManagedArrays().size();

        assertThatThrownBy(() -> FEATURES.batchify(samples)).hasMessageContaining("addPad(1, 0");

        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @CountsArrays
    void leavesNothingButTheBatchInTheManagerOfTheFirstArray() {
        try (NDManager other = NDManager.newBaseManager("PyTorch")) {
            NDList[] samples = features(5, 9, 2);
            samples[1].attach(other);
            int before = manager.getManagedArrays().size();
            for (int i = 0; i < 100; i++) {
                try (NDList batch = FEATURES.batchify(samples)) {
                    assertThat(batch).allMatch(array -> array.getManager() == manager);
                    for (NDList slice : FEATURES.split(batch, 2, false)) {
                        slice.close();
                    }
                    for (NDList sample : FEATURES.unbatchify(batch)) {
                        sample.close();
                    }
                    assertThat(manager.getManagedArrays()).hasSize(before + 2);
                }
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
            assertThat(other.getManagedArrays()).hasSize(1);
        }
    }

    @Test
    void theBatchOutlivesItsSamples() {
        NDList[] samples = features(1);
        NDList batch = FEATURES.batchify(samples);
        samples[0].close();

        assertThat(batch.head().toFloatArray()).containsExactly(1, 2);
    }

    @Test
    void splitTrimsEachPartToItsOwnLongest() {
        NDList[] parts = FEATURES.split(FEATURES.batchify(features(1, 2, 9, 4, 5)), 4, false);

        assertThat(parts).hasSize(4);
        assertThat(parts)
                .extracting(part -> part.head().getShape())
                .containsExactly(
                        new Shape(1, 1, 2),
                        new Shape(1, 2, 2),
                        new Shape(1, 9, 2),
                        new Shape(2, 5, 2));
        assertThat(parts[3].get(1).toLongArray()).containsExactly(4, 5);
        assertThat(parts[3].get(0).toFloatArray())
                .startsWith(1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 1)
                .hasSize(20);
    }

    @Test
    void splitHonoursTheMultiple() {
        Batchifier fours =
                VariableLengthBatchifier.builder().addPad(0, 0, 0).optMultipleOf(4).build();

        NDList[] parts = fours.split(fours.batchify(features(5, 9)), 2, false);

        assertThat(parts[0].head().getShape()).isEqualTo(new Shape(1, 8, 2));
        assertThat(parts[1].head().getShape()).isEqualTo(new Shape(1, 12, 2));
    }

    @Test
    void anEvenSplitGivesPartsOfOneShape() {
        NDList batch = FEATURES.batchify(features(1, 2, 9, 4));

        assertThat(FEATURES.split(batch, 2, true))
                .allMatch(part -> part.head().getShape().equals(new Shape(2, 9, 2)));
        assertThatThrownBy(() -> FEATURES.split(batch, 3, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 samples cannot be split into 3 equal parts");
    }

    @Test
    void splitGivesNoMorePartsThanSamples() {
        NDList batch = FEATURES.batchify(features(1, 2));

        assertThat(FEATURES.split(batch, 3, false)).hasSize(2);
        assertThatThrownBy(() -> FEATURES.split(batch, 0, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unbatchifiesTheOutputOfAModel() {
        NDList output =
                new NDList(manager.ones(new Shape(2, 5, 7)), manager.create(new long[] {3, 5}));

        NDList[] samples = FEATURES.unbatchify(output);

        assertThat(samples[0]).hasSize(1);
        assertThat(samples[0].head().getShape()).isEqualTo(new Shape(3, 7));
        assertThat(samples[1].head().getShape()).isEqualTo(new Shape(5, 7));
    }

    @Test
    void rejectsListsThatAreNoBatch() {
        NDArray array = manager.ones(new Shape(2, 5));
        assertNoBatch("1 array(s) cannot be a batch", new NDList(array));
        assertNoBatch(
                "different numbers of samples", new NDList(array, manager.create(new long[] {3})));
        assertNoBatch(
                "must be int64 of shape (N), but are int32",
                new NDList(array, manager.create(new int[] {3, 3})));
        assertNoBatch(
                "sample 1: valid length 6 of dimension 0 is not within array 0 of shape (2, 5)",
                new NDList(array, manager.create(new long[] {5, 6})));
        assertNoBatch("valid length -1", new NDList(array, manager.create(new long[] {-1, 5})));
        assertNoBatch(
                "no dimension 0 of array 0",
                new NDList(manager.ones(new Shape(2)), manager.create(new long[] {1, 1})));
        assertNoBatch(
                "array 0 has the shape (0, 5), which holds no samples",
                new NDList(manager.ones(new Shape(0, 5)), manager.create(new long[0])));
    }

    @Test
    void theBuilderRejectsContradictions() {
        assertThatThrownBy(() -> VariableLengthBatchifier.builder().build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("addPad");
        VariableLengthBatchifier.Builder builder =
                VariableLengthBatchifier.builder().addPad(0, 1, 0);
        assertThatThrownBy(() -> builder.addPad(0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimension 1 of array 0 is declared twice");
        assertThatThrownBy(() -> builder.addPad(0, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0 and 1.0 are declared");
        assertThatThrownBy(() -> builder.addPad(-1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.addPad(0, -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.optMultipleOf(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void survivesSerialization() throws Exception {
        Batchifier batchifier =
                VariableLengthBatchifier.builder().addPad(0, 0, -1).optMultipleOf(4).build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(batchifier);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Batchifier copy = (Batchifier) in.readObject();

            assertThat(copy.batchify(targets(1)).head().toLongArray())
                    .containsExactly(1, -1, -1, -1);
        }
    }

    private void assertRejected(String message, Shape... shapes) {
        NDList[] samples = new NDList[shapes.length];
        for (int i = 0; i < shapes.length; i++) {
            samples[i] = new NDList(manager.zeros(shapes[i]));
        }
        assertThatThrownBy(() -> FEATURES.batchify(samples))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static void assertNoBatch(String message, NDList list) {
        assertThatThrownBy(() -> FEATURES.unbatchify(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> FEATURES.split(list, 2, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** Samples (length, 2) of the numbers 1, 2, 3 and so on. */
    private NDList[] features(int... lengths) {
        NDList[] samples = new NDList[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            samples[i] = new NDList(manager.arange(1f, 2f * lengths[i] + 1).reshape(-1, 2));
        }
        return samples;
    }

    /** Samples (length) of the numbers 1, 2, 3 and so on. */
    private NDList[] targets(int... lengths) {
        NDList[] samples = new NDList[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            long[] target = new long[lengths[i]];
            for (int s = 0; s < target.length; s++) {
                target[s] = s + 1L;
            }
            samples[i] = new NDList(manager.create(target));
        }
        return samples;
    }
}
