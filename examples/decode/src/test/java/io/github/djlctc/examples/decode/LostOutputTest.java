package io.github.djlctc.examples.decode;

import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The program in a process of its own, whose output goes where it cannot be written. */
class LostOutputTest {

    private static final Path FULL = Path.of("/dev/full");

    /** Far more than a pipe holds. */
    private static final int UTTERANCES = 5_000;

    @TempDir Path folder;

    private Path err;
    private List<String> decoding;

    @BeforeEach
    void writeEmissions() throws IOException {
        err = folder.resolve("err.txt");
        TinyModel model = new TinyModel(folder);
        IntStream.range(0, UTTERANCES)
                .forEach(i -> model.utterance("a-long-id-of-an-utterance-" + i, "ab"));
        decoding = model.arguments("decode").stream().map(Object::toString).toList();
    }

    private ProcessBuilder program(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(Arrays.asList(more));
        return ChildJvm.of(
                        CtcDecodeCommand.class,
                        List.of("-XX:TieredStopAtLevel=1"),
                        all.toArray(String[]::new))
                .redirectError(err.toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "decode --help"})
    void helpOnAFullDiskIsAFailure(String arguments) throws Exception {
        assumeThat(FULL).as("a device that is always full, as Linux and so CI have").exists();

        Process process =
                program(List.of(arguments.split(" ", -1))).redirectOutput(FULL.toFile()).start();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(err))
                .startsWith("ctc-decode: cannot write the standard output: No space left");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--threads=1", "--threads=3", "--json"})
    void textsOnAFullDiskAreAFailure(String option) throws Exception {
        assumeThat(FULL).as("a device that is always full, as Linux and so CI have").exists();

        Process process =
                program(decoding, "--greedy", option).redirectOutput(FULL.toFile()).start();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(err))
                .contains("ctc-decode: cannot write the standard output: No space left")
                .doesNotContain("\tat ");
    }

    @Test
    void aClosedPipeEndsTheProgramWithoutAWord() throws Exception {
        Process process = program(decoding, "--greedy", "--threads", "2").start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("a-long-id-of-an-utterance-0\tab");
        }

        assertThat(process.waitFor()).isEqualTo(141);
        assertThat(Files.readString(err)).doesNotContain("ctc-decode:", "\tat ");
    }
}
