package io.github.djlctc.checkpoint;

import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Training that is killed again and again (SIGKILL, where the operating system has it) and resumed
 * ends with the parameters of training that was not, with their average and with the mean of the
 * best epochs, bit for bit.
 */
class KilledTrainingTest {

    private static final int KILLS = 20;

    @TempDir Path folder;

    private final Random random = new Random(31);

    @Test
    void losesNothing() throws Exception {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Path killed = Files.createDirectory(folder.resolve("killed"));
        runToTheEnd(whole);

        for (int i = 0; i < KILLS; i++) {
            runAndKill(killed);
        }
        runToTheEnd(killed);

        for (String file : List.of("final.ckpt", "mean.ckpt")) {
            assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(list(killed)).isEqualTo(list(whole)).hasSize(4);
    }

    /** Kills at a random moment within the next steps, of which every second saves a checkpoint. */
    private void runAndKill(Path folder) throws Exception {
        Process process = start(folder);
        try (BufferedReader output = process.inputReader()) {
            for (int lines = 1 + random.nextInt(7); lines > 0; lines--) {
                assertThat(output.readLine()).as("a step").isNotNull();
            }
            TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("killed before its end").isNotZero();
    }

    private void runToTheEnd(Path folder) throws Exception {
        Process process = start(folder);
        try (BufferedReader output = process.inputReader()) {
            String last = output.lines().reduce("", (a, b) -> b);
            assertThat(process.waitFor()).as(last).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(Path folder) throws IOException {
        ProcessBuilder builder =
                ChildJvm.of(
                        TinyRun.class,
                        List.of(
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-Dai.djl.pytorch.num_threads=1"),
                        folder.toString());
        builder.redirectError(new File(this.folder.toFile(), "errors.txt"));
        return builder.start();
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
