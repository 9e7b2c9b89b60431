package io.github.djlctc.examples.decode;

import io.github.djlctc.numpy.NpzWriter;
import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Emissions that together are several times as large as the heap. */
class LargeEmissionsTest {

    private static final int UTTERANCES = 60;
    private static final int FRAMES = 5_000;
    private static final int CLASSES = 64;
    private static final int FIRST_LETTER = 0x410; // Cyrillic, which has enough letters
    private static final String HEAP = "-Xmx24m"; // the emissions have 77 MB

    @TempDir Path folder;

    private record Ended(int exitCode, List<String> out, String err) {}

    private Ended decode(Path emissions, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        Collections.addAll(arguments, "decode", "--emissions", emissions.toString());
        Collections.addAll(arguments, "--alphabet", alphabet().toString());
        Collections.addAll(arguments, more);
        Path err = folder.resolve("err.txt");
        Process process =
                ChildJvm.of(
                                CtcDecodeCommand.class,
                                List.of(HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                                arguments.toArray(String[]::new))
                        .redirectError(err.toFile())
                        .start();
        List<String> out = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        return new Ended(process.waitFor(), out, Files.readString(err));
    }

    private Path alphabet() throws IOException {
        List<String> tokens = new ArrayList<>(List.of("<blank>", "<space>"));
        for (int i = tokens.size(); i < CLASSES; i++) {
            tokens.add(Character.toString(FIRST_LETTER + i));
        }
        return Files.write(folder.resolve("alphabet.txt"), tokens);
    }

    /** Utterances of one letter each, a after the other. */
    private Path emissions() throws IOException {
        Path file = folder.resolve("emissions.npz");
        try (NpzWriter writer = NpzWriter.create(file)) {
            for (int i = 0; i < UTTERANCES; i++) {
                float[] values = new float[FRAMES * CLASSES];
                values[letter(i)] = 5;
                for (int frame = 1; frame < FRAMES; frame++) {
                    values[frame * CLASSES] = 5;
                }
                writer.write("u" + i, values, FRAMES, CLASSES);
            }
            writer.finish();
        }
        return file;
    }

    private static int letter(int utterance) {
        return 2 + utterance % (CLASSES - 2);
    }

    private static List<String> texts() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < UTTERANCES; i++) {
            lines.add("u" + i + "\t" + Character.toString(FIRST_LETTER + letter(i)));
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2"})
    void areDecodedInTheirOrder(String threads, String repeat) throws Exception {
        Ended ended = decode(emissions(), "--greedy", "--threads", threads, "--repeat", repeat);

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out().subList(0, UTTERANCES)).isEqualTo(texts());
        assertThat(ended.out()).contains("utterances  60", "frames      300,000");
    }

    /** When it is decoded, or a label prior is estimated from it. */
    @ParameterizedTest
    @ValueSource(strings = {"--greedy", "--write-prior=prior.txt"})
    void oneThatIsTooLargeIsNamedWithTheRemedy(String option) throws Exception {
        Path file = folder.resolve("large.npz");
        try (NpzWriter writer = NpzWriter.create(file)) {
            writer.write("long", new float[200_000 * CLASSES], 200_000, CLASSES);
            writer.finish();
        }

        Ended ended = decode(file, option.replace("prior.txt", folder + "/prior.txt"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains(
                        "ctc-decode: "
                                + file
                                + ", utterance \"long\" (51 MB) does not fit into the memory that"
                                + " Java may use, ")
                .containsPattern("JAVA_OPTS=-Xmx\\d+g\\R")
                .doesNotContain("\tat ");
    }
}
