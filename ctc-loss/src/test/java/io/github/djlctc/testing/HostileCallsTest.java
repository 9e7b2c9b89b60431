package io.github.djlctc.testing;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of layers, clipping, statistics and the optimizer with arguments that do not fit are
 * refused before native code gets them: none ends the JVM. {@code -Dhostile.calls=100000} makes so
 * many of them.
 */
class HostileCallsTest {

    private static final int CALLS = Integer.getInteger("hostile.calls", 3_000);

    @Test
    void noneEndsTheJvm() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Xmx512m",
                                "-Dai.djl.pytorch.num_threads=1",
                                HostileCalls.class.getName(),
                                Integer.toString(CALLS),
                                "1")
                        .redirectErrorStream(true)
                        .start();
        List<String> output = process.inputReader().lines().toList();

        assertThat(process.waitFor()).as("%s", output).isZero();
        assertThat(output.get(output.size() - 1)).matches("\\d+ results, \\d+ refusals");
        // What hardly occurred would not have been tested.
        assertThat(refusals(output.get(output.size() - 1))).isBetween(CALLS / 4, CALLS * 3 / 4);
    }

    private static int refusals(String line) {
        return Integer.parseInt(line.replaceAll(".* results, (\\d+) refusals", "$1"));
    }
}
