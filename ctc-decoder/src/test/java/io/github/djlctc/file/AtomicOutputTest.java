package io.github.djlctc.file;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class AtomicOutputTest {

    @TempDir Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theOldContentStaysUntilTheEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        try (AtomicOutput out = AtomicOutput.create(file)) {
            out.write("new".getBytes(StandardCharsets.UTF_8));
            out.write('!');
            out.flush();
            assertThat(file).hasContent("old");

            out.finish();

            assertThat(file).hasContent("new!");
        }
        assertThat(files()).containsExactly("a.txt");
    }

    @Test
    void withoutAnEndTheOldContentStays() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        try (AtomicOutput out = AtomicOutput.create(file)) {
            out.write("new".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(file).hasContent("old");
        assertThat(files()).containsExactly("a.txt");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        try (AtomicOutput out = AtomicOutput.create(link)) {
            out.write("new".getBytes(StandardCharsets.UTF_8));
            out.finish();
        }

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void aDeviceIsWrittenAndNotReplaced() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).as("a device that is always full, as Linux and so CI have").exists();
        AtomicOutput out = AtomicOutput.create(full);
        out.write("new".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(out::finish)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
        assertThat(Files.isRegularFile(full)).isFalse();
    }

    /** What {@code --out /dev/stdout >> all.txt} leads to. */
    @Test
    void aFileThatAShellHasOpenedIsContinued() throws IOException {
        Path open = Path.of("/dev/fd");
        assumeThat(open).as("the files that a process has opened, as Linux has them").exists();
        Path file = Files.writeString(folder.resolve("all.txt"), "old, ");
        try (OutputStream shell = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            assertThat(shell).isNotNull();
            try (AtomicOutput out = AtomicOutput.create(descriptor(open, file))) {
                out.write("new".getBytes(StandardCharsets.UTF_8));
                out.finish();
            }
        }

        assertThat(file).hasContent("old, new");
        assertThat(files()).containsExactly("all.txt");
    }

    private static Path descriptor(Path open, Path file) throws IOException {
        for (int i = 0; i < 10_000; i++) {
            Path descriptor = open.resolve(Integer.toString(i));
            if (Files.exists(descriptor) && Files.isSameFile(descriptor, file)) {
                return descriptor;
            }
        }
        throw new AssertionError("not found in " + open);
    }

    @Test
    void aFileInSharedMemoryIsAFile() throws IOException {
        Path memory = Path.of("/dev/shm");
        assumeThat(memory).as("shared memory, as Linux has it").isWritable();
        Path file = Files.createTempFile(memory, "djl-ctc", ".txt");
        try {
            AtomicFile.writeString(file, "a long content");
            AtomicFile.writeString(file, "short");

            assertThat(file).hasContent("short");
            AtomicFile.checkTarget(file);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void aDeviceIsNoFileToReplace() throws IOException {
        Path device = Path.of("/dev/null");
        assumeThat(device).as("a device, as Linux and so CI have").exists();
        Path file = Files.createFile(folder.resolve("a.txt"));

        assertThat(AtomicFile.isDevice(device)).isTrue();
        assertThat(AtomicFile.isDevice(file)).isFalse();
        assertThat(AtomicFile.isDevice(folder)).isFalse();
        assertThat(AtomicFile.isDevice(folder.resolve("none"))).isFalse();
        assertThatThrownBy(() -> AtomicFile.partial(device))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("this is a device or a pipe; name a file");
    }

    /** In UTF-8, half a surrogate pair would become a question mark. */
    @Test
    void aTextThatCannotBeEncodedLeavesTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        AtomicFile.writeString(file, "n\u00e9w");
        assertThat(file).hasContent("n\u00e9w");

        assertThatThrownBy(() -> AtomicFile.writeString(file, "a\ud800"))
                .isInstanceOf(CharacterCodingException.class);
        assertThat(file).hasContent("n\u00e9w");
        assertThat(files()).containsExactly("a.txt");
    }

    @Test
    void aMissingFolderIsNamed() {
        assertThatThrownBy(() -> AtomicOutput.create(folder.resolve("none/a.txt")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("there is no folder " + folder.resolve("none"));
        assertThatThrownBy(() -> AtomicOutput.create(folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("this is a folder");
    }
}
