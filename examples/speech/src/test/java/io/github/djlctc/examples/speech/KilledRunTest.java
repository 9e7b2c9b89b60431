package io.github.djlctc.examples.speech;

import io.github.djlctc.checkpoint.CheckpointStore;
import io.github.djlctc.checkpoint.TrainingCheckpoint;
import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code train}, killed, resumed, stopped and resumed again, against a run that was left alone. */
class KilledRunTest {

    private static final List<String> RUN =
            List.of(
                    "--channels=8",
                    "--state-size=8",
                    "--layers=1",
                    "--batch-size=4",
                    "--epochs=12",
                    "--checkpoint-every=3");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "--average=0.9 --mean-of-best=3"})
    void comesToTheSameCheckpoints(String options) throws Exception {
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        List<String> run = new ArrayList<>(TinyManifest.write(folder));
        run.addAll(RUN);
        run.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ")));
        runToTheEnd(whole, run);

        Process killed = start(broken, run);
        awaitEpoch(killed);
        for (String resume : List.of("--resume", "--threads=1")) {
            Outcome second = SpeechProgram.run("train", "--model", broken, resume);
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.err()).startsWith("speech: another run, process " + killed.pid());
        }
        killed.destroyForcibly().waitFor();

        Process stopped = start(broken, List.of("--resume", "--checkpoint-every=1000"));
        awaitEpoch(stopped);
        assertThat(errors()).contains("took over", "of process " + killed.pid());
        stopped.destroy();
        assertThat(stopped.waitFor()).isNotZero();
        assertThat(latest(broken).position().batch()).as("saved when stopped").isPositive();

        runToTheEnd(broken, List.of("--resume", "--checkpoint-every=3"));

        List<String> names = checkpoints(whole);
        assertThat(checkpoints(broken)).isEqualTo(names).isNotEmpty();
        for (String name : names) {
            assertThat(broken.resolve("checkpoints").resolve(name))
                    .hasSameBinaryContentAs(whole.resolve("checkpoints").resolve(name));
        }
        assertThat(epochs(broken)).isEqualTo(epochs(whole)).hasSize(12);
        for (String name : List.of("model.json", "speech-0000.params", "test.jsonl")) {
            assertThat(broken.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
        }
    }

    private Process start(Path model, List<String> options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("train", "--json", "--model", model.toString()));
        arguments.addAll(options);
        return ChildJvm.of(
                        SpeechCommand.class, List.of("-Xmx512m"), arguments.toArray(String[]::new))
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    /** Waits until an epoch has ended, so that the next one has begun. */
    private static void awaitEpoch(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.contains("\"event\":\"epoch\"")) {
            line = output.readLine();
        }
        assertThat(line).as("an epoch").isNotNull();
    }

    private void runToTheEnd(Path model, List<String> options) throws Exception {
        Process process = start(model, options);
        process.inputReader().lines().forEach(line -> {});
        assertThat(process.waitFor()).as(errors()).isZero();
    }

    private static TrainingCheckpoint latest(Path model) throws IOException {
        return CheckpointStore.open(model.resolve("checkpoints"), 0).latest().orElseThrow();
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors.txt"));
    }

    private static List<String> checkpoints(Path model) throws IOException {
        try (Stream<Path> files = Files.list(model.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> epochs(Path model) throws IOException {
        return Files.readAllLines(model.resolve("epochs.jsonl")).stream()
                .map(line -> line.replaceFirst("\"seconds\":.*?\\}", ""))
                .toList();
    }
}
