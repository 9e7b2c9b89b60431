package io.github.djlctc.examples.speech.feature;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signals that do not fit an extractor are refused before native code gets them: none ends the JVM,
 * and the features of the others are finite. {@code -Dhostile.calls=100000} makes so many of them.
 */
class HostileFeaturesTest {

    private static final int CALLS = Integer.getInteger("hostile.calls", 2_000);

    @Test
    void noneEndsTheJvm() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Xmx512m",
                                "-Dai.djl.pytorch.num_threads=1",
                                HostileFeatures.class.getName(),
                                Integer.toString(CALLS),
                                "1")
                        .redirectErrorStream(true)
                        .start();
        List<String> output = process.inputReader().lines().toList();

        assertThat(process.waitFor()).as("%s", output).isZero();
        String last = output.get(output.size() - 1);
        assertThat(last).matches("\\d+ results, \\d+ refusals");
        int refusals = Integer.parseInt(last.replaceAll(".* results, (\\d+) refusals", "$1"));
        // What hardly occurred would not have been tested.
        assertThat(refusals).isBetween(CALLS / 4, CALLS * 3 / 4);
    }
}
