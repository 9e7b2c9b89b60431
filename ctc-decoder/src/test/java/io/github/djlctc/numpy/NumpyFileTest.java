package io.github.djlctc.numpy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NumpyFileTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsEachFormatVersion(int version) throws IOException {
        NumpyArray array =
                read(NumpyBytes.npy(version, "<f4", "False", "(2, 3)", floats(1, 2, 3, 4, 5, 6)));

        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.floats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(array).hasToString("float32 [2, 3]");
    }

    @Test
    void convertsFortranOrder() throws IOException {
        // Index [i][j][k] holds 100 i + 10 j + k; the first index varies fastest in the file.
        NumpyArray array =
                read(
                        NumpyBytes.npy(
                                1,
                                "<f4",
                                "True",
                                "(2, 2, 3)",
                                floats(0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112)));

        assertThat(array.floats())
                .containsExactly(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112);
    }

    @Test
    void readsBigEndianDoublesAndNarrowsThem() throws IOException {
        byte[] data = ByteBuffer.allocate(16).putDouble(Math.PI).putDouble(-1e-9).array();
        NumpyArray array = read(NumpyBytes.npy(1, ">f8", "False", "(2,)", data));

        assertThat(array.doubles()).containsExactly(Math.PI, -1e-9);
        assertThat(array.floats()).containsExactly((float) Math.PI, -1e-9f);
    }

    @Test
    void readsSingleNumbersAndEmptyArrays() throws IOException {
        assertThat(read(NumpyBytes.npy(1, "<f4", "False", "()", floats(7))).doubles())
                .containsExactly(7.0);
        assertThat(read(NumpyBytes.npy(1, "<f4", "True", "(0, 13)", floats())).floats()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<f4;False;(3,);8 follow the header",
                "<f4;False;(1,);8 follow the header",
                "<f4;False;(100000, 100000, 100000);more than 2 GiB",
                "<f4;False;(0, 4294967296);a length from 0 to 2147483647 expected",
                "<f4;False;(0, 2147483647, 2147483647);more than 2 GiB",
                "<f4;False;(-1,);a length from 0",
                "<f4;Maybe;(2,);True or False expected",
                "<f4;False;2;'(' expected",
                "|O;False;(2,);pickled",
                "<i8;False;(1,);neither float32 nor float64",
                "<f4', 'x': '1;False;(2,);unknown key 'x'",
                "<f4', 'descr': '<f4;False;(2,);the key 'descr' comes twice",
            })
    void namesWhatIsWrongWithTheHeader(String descr, String order, String shape, String problem)
            throws IOException {
        Path file = write(NumpyBytes.npy(1, descr, order, shape, floats(1, 2)));

        assertThatThrownBy(() -> NumpyFile.read(file))
                .isInstanceOf(NumpyFormatException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(problem);
    }

    /** Longer than what is read at a time. */
    @ParameterizedTest
    @CsvSource({"<f4, False", "<f4, True", ">f8, False", "<f8, True"})
    void readsLongArraysOfEitherOrder(String descr, String fortranOrder) throws IOException {
        int rows = 301;
        int columns = 127;
        boolean isWide = descr.endsWith("8");
        ByteBuffer data =
                ByteBuffer.allocate(rows * columns * (isWide ? 8 : 4))
                        .order(
                                descr.startsWith(">")
                                        ? ByteOrder.BIG_ENDIAN
                                        : ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows * columns; i++) {
            int value =
                    fortranOrder.equals("True") ? i % rows * columns + i / rows : i; // its place
            if (isWide) {
                data.putDouble(value);
            } else {
                data.putFloat(value);
            }
        }

        NumpyArray array = read(NumpyBytes.npy(1, descr, fortranOrder, "(301, 127)", data.array()));

        assertThat(array.shape()).containsExactly(rows, columns);
        assertThat(array.doubles())
                .isEqualTo(IntStream.range(0, rows * columns).asDoubleStream().toArray());
    }

    @Test
    void readsTheShapeAlone() throws IOException {
        byte[] bytes = NumpyBytes.npy(1, "<f4", "False", "(1, 2)", floats(1, 2));

        assertThat(NumpyFile.readShape(write(bytes))).containsExactly(1, 2);
        Path truncated = write(Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(() -> NumpyFile.readShape(truncated))
                .isInstanceOf(NumpyFormatException.class)
                .hasMessageContaining("7 follow the header");
    }

    @Test
    void rejectsTruncatedFilesAtEveryLength() throws IOException {
        byte[] bytes = NumpyBytes.npy(2, "<f4", "False", "(2,)", floats(1, 2));
        for (int length = 0; length < bytes.length; length++) {
            Path file = write(Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> NumpyFile.read(file)).isInstanceOf(NumpyFormatException.class);
        }
    }

    private NumpyArray read(byte[] bytes) throws IOException {
        return NumpyFile.read(write(bytes));
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("array.npy"), bytes);
    }

    private static byte[] floats(float... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }
}
