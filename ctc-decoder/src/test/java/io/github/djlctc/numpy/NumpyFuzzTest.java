package io.github.djlctc.numpy;

import com.sun.management.ThreadMXBean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bytes changed at random give an array or the typed error: no other exception, no large
 * allocation.
 */
class NumpyFuzzTest {

    private static final long MAX_ALLOCATED_BYTES = 32 << 20;

    @Property(tries = 2000, seed = "1")
    void changedNpyFiles(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 1 << 20) Integer> changes)
            throws IOException {
        byte[] bytes = NumpyBytes.npy(1, "<f4", "True", "(5, 4)", new byte[80]);
        check(bytes, changes, ".npy", file -> NumpyFile.read(file));
    }

    @Property(tries = 2000, seed = "1")
    void changedNpzFiles(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 1 << 30) Integer> changes,
            @ForAll boolean stored)
            throws IOException {
        byte[] bytes = NpzArchiveTest.archive(stored ? ZipEntry.STORED : ZipEntry.DEFLATED);
        check(
                bytes,
                changes,
                ".npz",
                file -> {
                    try (NpzArchive archive = NpzArchive.open(file)) {
                        for (String name : archive.names()) {
                            archive.read(name);
                        }
                    }
                });
    }

    private interface Reading {
        void read(Path file) throws IOException;
    }

    private static void check(
            byte[] bytes, List<Integer> changes, String extension, Reading reading)
            throws IOException {
        for (int change : changes) {
            bytes[change / 256 % bytes.length] = (byte) change;
        }
        Path file = Files.createTempFile("fuzz", extension);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Files.write(file, bytes);
            reading.read(file);
        } catch (NumpyFormatException e) {
            assertThat(e).hasMessageContaining(file.toString());
        } finally {
            Files.delete(file);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .isLessThan(MAX_ALLOCATED_BYTES);
    }
}
