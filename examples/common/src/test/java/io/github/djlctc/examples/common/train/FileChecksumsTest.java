package io.github.djlctc.examples.common.train;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileChecksumsTest {

    private static final List<String> NAMES = List.of("model.json", "alphabet.txt");

    @TempDir Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("model.json"), "abc");
        Files.writeString(folder.resolve("alphabet.txt"), "");
        FileChecksums.write(folder, FileChecksums.of(folder, NAMES));
    }

    /** The sums of "abc" and of nothing are those of FIPS 180-2 and RFC 6234. */
    @Test
    void linesAreThoseOfSha256sum() throws IOException {
        assertThat(folder.resolve(FileChecksums.NAME))
                .content()
                .isEqualTo(
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                                + "  model.json\n"
                                + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
                                + "  alphabet.txt\n");
        FileChecksums.check(folder, NAMES);
    }

    @Test
    void aFileThatChangedIsNamed() throws IOException {
        Files.writeString(folder.resolve("alphabet.txt"), "a");

        assertThatThrownBy(() -> FileChecksums.check(folder, NAMES))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(folder.resolve("alphabet.txt") + " is not the file");
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        Files.delete(folder.resolve("model.json"));

        assertThatThrownBy(() -> FileChecksums.check(folder, NAMES))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("model.json");
    }

    @Test
    void aFileWithoutChecksumIsNamed() throws IOException {
        Files.writeString(folder.resolve("m-0000.params"), "x");

        assertThatThrownBy(() -> FileChecksums.check(folder, List.of("m-0000.params")))
                .hasMessage(
                        folder.resolve(FileChecksums.NAME) + " has no checksum of m-0000.params");
    }

    @Test
    void damagedChecksumsAreNamed() throws IOException {
        Path checksums = folder.resolve(FileChecksums.NAME);
        byte[] bytes = Files.readAllBytes(checksums);
        bytes[3] = (byte) 0xff;
        Files.write(checksums, bytes);

        assertThatThrownBy(() -> FileChecksums.check(folder, NAMES))
                .hasMessageContaining("model.json is not the file that was saved")
                .hasMessageContaining(FileChecksums.NAME);
        Files.write(checksums, new byte[] {(byte) 0xfe, 0, '\n'});
        assertThatThrownBy(() -> FileChecksums.check(folder, NAMES))
                .hasMessage(checksums + " has no checksum of model.json");
    }

    /** If a training is killed between them, either is right. */
    @Test
    void whileAFileIsReplacedBothAreRight() throws IOException {
        String before = FileChecksums.of(folder, NAMES);
        Files.writeString(folder.resolve("model.json"), "other");
        String after = FileChecksums.of(folder, NAMES);
        FileChecksums.write(folder, after + before);

        FileChecksums.check(folder, NAMES);
        Files.writeString(folder.resolve("model.json"), "abc");
        FileChecksums.check(folder, NAMES);
        Files.writeString(folder.resolve("model.json"), "third");
        assertThatThrownBy(() -> FileChecksums.check(folder, NAMES))
                .hasMessageContaining("model.json is not the file");
    }

    /** And so it is in a folder of an earlier version. */
    @Test
    void withoutChecksumsNothingIsChecked() throws IOException {
        Files.delete(folder.resolve(FileChecksums.NAME));
        Files.writeString(folder.resolve("model.json"), "other");

        FileChecksums.check(folder, NAMES);
    }
}
