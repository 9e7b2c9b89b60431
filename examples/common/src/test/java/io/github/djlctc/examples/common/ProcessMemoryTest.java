package io.github.djlctc.examples.common;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ProcessMemoryTest {

    @Test
    void isWithinReasonWhereTheSystemTellsIt() {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc on this system");

        // A JVM needs more than 8 MiB, and no machine for these tests has 1 TiB.
        assertThat(ProcessMemory.peakMebibytes().orElseThrow()).isBetween(8L, 1L << 20);
    }
}
