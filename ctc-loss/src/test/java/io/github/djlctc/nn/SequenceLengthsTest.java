package io.github.djlctc.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.engine.TensorMismatchException;
import io.github.djlctc.host.HostArrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SequenceLengthsTest {

    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void readsLengthsAndGivesThemBack() {
        try (NDArray array = lengths(1, 7, 3).toArray(manager)) {
            assertThat(array.getDataType()).isEqualTo(DataType.INT64);
            assertThat(array.getShape()).isEqualTo(new Shape(3));
            assertThat(HostArrays.readLongs(array)).containsExactly(1, 7, 3);
        }
    }

    /** PyTorch keeps what back-propagation needs, but not the memory of Java's buffers. */
    @Test
    void whatIsMadeOfAMaskOutlivesIt() {
        int padded = 1 << 16;
        NDArray sequences = manager.zeros(new Shape(1, padded, 1));
        NDArray length = manager.create(new long[] {padded});
        NDArray mask = SequenceLengths.read(length, sequences, "length", "").mask(manager, padded);
        NDArray view = mask.expandDims(2);
        mask.close();
        List<ByteBuffer> others = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            System.gc();
            ByteBuffer other = ByteBuffer.allocateDirect(padded * Float.BYTES);
            other.asFloatBuffer().put(new float[padded]);
            others.add(other);
            assertThat(HostArrays.readScalar(view.sum())).isEqualTo(padded);
        }
        assertThat(others).hasSize(30);
    }

    @Test
    void namesTheSampleWhoseLengthIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lengths(7, 0))
                .withMessage("sample 1: length 0, but the features have 7 frames; 1 to 7 expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lengths(8))
                .withMessage("sample 0: length 8, but the features have 7 frames; 1 to 7 expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lengths(1, 2, -1))
                .withMessageStartingWith("sample 2: length -1,");
        try (NDArray widths = manager.create(new long[] {6});
                NDArray lines = manager.zeros(new Shape(1, 5, 8))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    SequenceLengths.read(
                                            widths, lines, "width", "the lines have 5 columns"))
                    .withMessage(
                            "sample 0: width 6, but the lines have 5 columns; 1 to 5 expected");
        }
    }

    @Test
    void refusesLengthsOfAnotherNumberOrType() {
        try (NDArray features = manager.zeros(new Shape(2, 7, 3))) {
            assertThatThrownBy(() -> read(manager.create(new long[] {7}), features))
                    .isInstanceOf(TensorMismatchException.class)
                    .hasMessage(
                            "the array of each length is of the shape (1), but must be of (2) by"
                                    + " the number of sequences");
            assertThatThrownBy(() -> read(manager.create(new float[] {7, 7}), features))
                    .isInstanceOf(TensorMismatchException.class)
                    .hasMessage("the array of each length is float32, but must be int64");
        }
    }

    private static SequenceLengths read(NDArray lengths, NDArray features) {
        return SequenceLengths.read(lengths, features, "length", "the features have 7 frames");
    }

    @Test
    void mapsEveryLengthAndLeavesTheOriginalAsItWas() {
        SequenceLengths lengths = lengths(1, 4, 7);
        SequenceLengths halves = lengths.map(length -> (length + 1) / 2);
        assertThat(HostArrays.readLongs(halves.toArray(manager))).containsExactly(1, 2, 4);
        assertThat(HostArrays.readLongs(lengths.toArray(manager))).containsExactly(1, 4, 7);
    }

    @Test
    void masksWhatIsBeyondEachLength() {
        try (NDArray mask = lengths(2, 4, 1).mask(manager, 4)) {
            assertThat(mask.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(mask.getShape()).isEqualTo(new Shape(3, 4));
            assertThat(HostArrays.readFloats(mask))
                    .containsExactly(1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0);
        }
    }

    @Test
    void masksAllElementsOfLengthsAboveTheirNumber() {
        try (NDArray mask = lengths(7, 1).mask(manager, 3)) {
            assertThat(HostArrays.readFloats(mask)).containsExactly(1, 1, 1, 1, 0, 0);
        }
    }

    @Test
    void staysOnTheCpuWhenTheManagerIsOfAGpu() {
        SequenceLengths lengths = lengths(3, 7);
        // No array is made on the GPU, so none is needed.
        try (NDManager gpu = manager.newSubManager(Device.gpu())) {
            NDArray array = lengths.toArray(gpu);
            assertThat(array.getDevice()).isEqualTo(Device.cpu());
            assertThat(HostArrays.readLongs(array)).containsExactly(3, 7);
            assertThat(gpu.getManagedArrays()).containsExactly(array);
        }
    }

    private SequenceLengths lengths(long... lengths) {
        try (NDArray given = manager.create(lengths);
                NDArray features = manager.zeros(new Shape(lengths.length, 7, 2))) {
            return SequenceLengths.read(given, features, "length", "the features have 7 frames");
        }
    }
}
