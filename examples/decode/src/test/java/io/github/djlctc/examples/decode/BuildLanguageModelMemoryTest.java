package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code build-lm} on texts whose n-grams exceed the memory it may use. */
class BuildLanguageModelMemoryTest {

    @TempDir private static Path texts;
    private static Path text;

    @TempDir private Path folder;

    @BeforeAll
    static void writeText() throws IOException {
        Random random = new Random(1);
        StringBuilder lines = new StringBuilder();
        for (int words = 0; words < 200_000; words++) {
            lines.append((int) Math.exp(10 * random.nextDouble()));
            lines.append(random.nextInt(12) == 0 ? '\n' : ' ');
        }
        text = Files.writeString(texts.resolve("text.txt"), lines);
    }

    @Test
    void theModelIsTheSameInLittleMemory() throws IOException {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path much = folder.resolve("much.arpa");
        Path little = folder.resolve("little.arpa");

        Outcome first = build(much);
        Outcome second = build(little, "--memory", "16M", "--temp", temporary);

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(little).hasSameBinaryContentAs(much);
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--memory | 1000 | the memory is 1000 bytes, but must be 16777216 (16 MiB) or more",
                "--memory | 12Q | \"12Q\" is no amount of memory; write 512M or 2G",
                "--memory | 900T | --memory is more than three quarters of the heap",
                "--temp | missing | --temp missing is no folder"
            })
    void wrongOptionsAreNamed(String option, String value, String message) {
        Outcome outcome = build(folder.resolve("m.arpa"), option, value);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
    }

    /** A limit on the size of files stands for a full disk. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs ulimit; runs on Linux, as in CI")
    void aFullDiskForTemporaryFilesIsNamedAndNothingIsLeft()
            throws IOException, InterruptedException {
        Path model = Files.writeString(folder.resolve("m.arpa"), "the earlier model");
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -f 1000 && exec \"$@\"", "sh"));
        command.addAll(
                ChildJvm.of(
                                CtcDecodeCommand.class,
                                List.of("-Xmx128m"),
                                "build-lm",
                                "--order=5",
                                "--memory=16M",
                                "--discount-fallback",
                                "--text=" + text,
                                "--out=" + model)
                        .command());

        Process process = new ProcessBuilder(command).start();
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(errors).isEqualTo(1);
        assertThat(errors)
                .contains("ctc-decode: cannot write a temporary file in " + folder + ": ")
                .contains("--temp", "--memory");
        assertThat(model).hasContent("the earlier model");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(model);
        }
    }

    private static Outcome build(Path model, Object... more) {
        return DecodeProgram.run(
                List.of(
                        "build-lm",
                        "--order",
                        5,
                        "--discount-fallback",
                        "--text",
                        text,
                        "--out",
                        model),
                more);
    }
}
