package io.github.djlctc.numpy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NpzWriterTest {

    @TempDir Path folder;

    /** What numpy.save wrote for np.array([[1.5, -2], [0, 3], [4, np.inf]], dtype='<f4'). */
    private static final String BY_NUMPY =
            "934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f7264657227"
                    + "3a2046616c73652c20277368617065273a2028332c2032292c207d"
                    + "20".repeat(58)
                    + "0a0000c03f000000c000000000000040400000804000"
                    + "00807f";

    @Test
    void anArrayHasTheBytesThatNumpyGivesIt() throws IOException {
        Path file = folder.resolve("a.npz");
        try (NpzWriter writer = NpzWriter.create(file)) {
            writer.write("x", new float[] {1.5f, -2, 0, 3, 4, Float.POSITIVE_INFINITY}, 3, 2);
            writer.finish();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry("x.npy");
            assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
            byte[] bytes = zip.getInputStream(entry).readAllBytes();
            assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(BY_NUMPY);
        }
    }

    @Property(tries = 50)
    void whatIsWrittenIsRead(@ForAll("archives") Map<String, float[]> arrays) throws IOException {
        Path file = Files.createTempFile("arrays", ".npz");
        try {
            write(file, arrays);
            byte[] bytes = Files.readAllBytes(file);
            write(file, arrays);
            assertThat(file).hasBinaryContent(bytes);
            try (NpzArchive archive = NpzArchive.open(file)) {
                assertThat(archive.names()).containsExactlyElementsOf(arrays.keySet());
                for (Map.Entry<String, float[]> array : arrays.entrySet()) {
                    NumpyArray read = archive.read(array.getKey());
                    assertThat(read.shape()).containsExactly(array.getValue().length / 2, 2);
                    assertThat(read.floats()).containsExactly(array.getValue());
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<Map<String, float[]>> archives() {
        Arbitrary<String> names =
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withChars(" /.\u00e9\u4e2d")
                        .ofMinLength(1)
                        .ofMaxLength(9);
        Arbitrary<float[]> values =
                Arbitraries.integers()
                        .between(0, 20_000)
                        .map(
                                rows -> {
                                    float[] array = new float[2 * rows];
                                    for (int i = 0; i < array.length; i++) {
                                        array[i] =
                                                Float.intBitsToFloat(i * 0x01234567 & 0x7f7fffff);
                                    }
                                    return array;
                                });
        return Arbitraries.maps(names, values)
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(map -> (Map<String, float[]>) new LinkedHashMap<>(map));
    }

    private static void write(Path file, Map<String, float[]> arrays) throws IOException {
        try (NpzWriter writer = NpzWriter.create(file)) {
            for (Map.Entry<String, float[]> array : arrays.entrySet()) {
                writer.write(array.getKey(), array.getValue(), array.getValue().length / 2, 2);
            }
            writer.finish();
        }
    }

    @Test
    void anyRankIsWritten() throws IOException {
        Path file = folder.resolve("ranks.npz");
        try (NpzWriter writer = NpzWriter.create(file)) {
            writer.write("number", new float[] {7});
            writer.write("vector", new float[] {7, 8}, 2);
            writer.write("empty", new float[0], 0, 5);
            writer.write("cube", new float[8], 2, 2, 2);
            writer.finish();
        }
        try (NpzArchive archive = NpzArchive.open(file)) {
            assertThat(archive.read("number").shape()).isEmpty();
            assertThat(archive.read("vector").shape()).containsExactly(2);
            assertThat(archive.read("empty").shape()).containsExactly(0, 5);
            assertThat(archive.read("cube").shape()).containsExactly(2, 2, 2);
        }
    }

    /** The count of a zip archive without the extensions of ZIP64 ends at 65,535. */
    @Test
    void thereMayBeMoreArraysThanAPlainZipHolds() throws IOException {
        Path file = folder.resolve("many.npz");
        int count = 65_540;
        try (NpzWriter writer = NpzWriter.create(file)) {
            for (int i = 0; i < count; i++) {
                writer.write("utt" + i, new float[] {i}, 1, 1);
            }
            writer.finish();
        }
        try (NpzArchive archive = NpzArchive.open(file)) {
            assertThat(archive.names()).hasSize(count);
            assertThat(archive.read("utt65539").floats()).containsExactly(65_539f);
        }
    }

    @Test
    void withoutFinishTheOldFileStays() throws IOException {
        Path file = Files.writeString(folder.resolve("a.npz"), "old");
        try (NpzWriter writer = NpzWriter.create(file)) {
            writer.write("x", new float[] {1}, 1);
        }
        assertThat(file).hasContent("old");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).isEqualTo(List.of(file));
        }
    }

    @Test
    void mistakesAreNamed() throws IOException {
        Path file = folder.resolve("a.npz");
        try (NpzWriter writer = NpzWriter.create(file)) {
            writer.write("x", new float[6], 3, 2);
            assertThatThrownBy(() -> writer.write("x", new float[6], 3, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is an array \"x\" already; names must differ");
            assertThatThrownBy(() -> writer.write("y", new float[6], 4, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the shape [4, 2] does not hold 6 values");
            assertThatThrownBy(() -> writer.write("y", new float[6], -3, -2))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.write("", new float[1], 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("an array needs a name");
            writer.write("y", new float[1], 1);
            writer.finish();
        }
        try (NpzArchive archive = NpzArchive.open(file)) {
            assertThat(archive.names()).containsExactly("x", "y");
        }
        assertThatThrownBy(() -> NpzWriter.create(folder.resolve("none/a.npz")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("there is no folder");
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .startsWith("PK");
    }
}
