package io.github.djlctc.numpy;

import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NpzArchiveTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
    void readsArraysByName(int method) throws IOException {
        Path file = Files.write(folder.resolve("a.npz"), archive(method));

        try (NpzArchive archive = NpzArchive.open(file)) {
            assertThat(archive.names()).containsExactly("one", "two/b");
            assertThat(archive.read("one").shape()).containsExactly(1000, 2);
            assertThat(archive.read("two/b").shape()).isEmpty();
            assertThatThrownBy(() -> archive.read("three"))
                    .isInstanceOf(NumpyFormatException.class)
                    .hasMessageContaining(
                            file + ", array \"three\": there is no such array among the 2");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
    void readsShapesWithoutTheValues(int method) throws IOException {
        Path file = Files.write(folder.resolve("a.npz"), archive(method));

        try (NpzArchive archive = NpzArchive.open(file)) {
            assertThat(archive.readShape("one")).containsExactly(1000, 2);
            assertThat(archive.readShape("two/b")).isEmpty();
            assertThatThrownBy(() -> archive.readShape("three"))
                    .isInstanceOf(NumpyFormatException.class)
                    .hasMessageContaining("there is no such array");
        }
    }

    /** Of two arrays of a name, one would be lost. */
    @Test
    void rejectsTwoArraysOfAName() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        byte[] array = NumpyBytes.npy(1, "<f4", "False", "(2,)", new byte[8]);
        entries.put("first.npy", array);
        entries.put("other.npy", array);
        byte[] bytes = NumpyBytes.npz(ZipEntry.STORED, entries);
        String latin = new String(bytes, StandardCharsets.ISO_8859_1).replace("other", "first");
        Path file =
                Files.write(folder.resolve("a.npz"), latin.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> NpzArchive.open(file))
                .isInstanceOf(NumpyFormatException.class)
                .hasMessage(
                        file
                                + ": there are two arrays \"first\"; write the archive again, with"
                                + " another name for each");
    }

    @Test
    void detectsChangedBytesByTheChecksum() throws IOException {
        byte[] bytes = archive(ZipEntry.STORED);
        bytes[4000]++; // inside the values of "one"
        Path file = Files.write(folder.resolve("a.npz"), bytes);

        try (NpzArchive archive = NpzArchive.open(file)) {
            assertThatThrownBy(() -> archive.read("one"))
                    .isInstanceOf(NumpyFormatException.class)
                    .hasMessageContaining("checksum");
        }
    }

    @Test
    void rejectsWhatIsNoArchive() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.npz"));
        Path text =
                Files.writeString(folder.resolve("text.npz"), "not a zip", StandardCharsets.UTF_8);
        Path truncated =
                Files.write(
                        folder.resolve("truncated.npz"),
                        Arrays.copyOf(archive(ZipEntry.STORED), 3000));

        for (Path file : new Path[] {empty, text, truncated}) {
            assertThatThrownBy(() -> NpzArchive.open(file))
                    .isInstanceOf(NumpyFormatException.class)
                    .hasMessageStartingWith(file + ": is not an .npz archive, or is truncated");
        }
    }

    @Test
    void readsTheFeaturesOfAn4() throws IOException {
        Path file = TestData.of(PublicCorpus.AN4, "data/an4/dev_mfcc.npz");

        try (NpzArchive archive = NpzArchive.open(file)) {
            assertThat(archive.names()).hasSize(65);
            for (String name : archive.names()) {
                NumpyArray array = archive.read(name);
                assertThat(array.shape()).hasSize(2);
                assertThat(array.shape()[1]).isEqualTo(13);
                assertThat(array.floats()).hasSize(array.shape()[0] * 13);
                assertThat(array.floats()[0]).isFinite();
            }
        }
    }

    static byte[] archive(int method) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("one.npy", NumpyBytes.npy(1, "<f4", "False", "(1000, 2)", new byte[8000]));
        entries.put("readme.txt", new byte[] {'x'});
        entries.put("two/b.npy", NumpyBytes.npy(2, ">f8", "False", "()", new byte[8]));
        return NumpyBytes.npz(method, entries);
    }
}
