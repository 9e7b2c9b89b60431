package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.numpy.NpzWriter;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A run that ended early, here because its third utterance was broken. */
class ResumeTest {

    private static final FileTime TIME = FileTime.fromMillis(1_700_000_000_000L);

    @TempDir Path folder;

    private Path out;

    @BeforeEach
    void writeAnEarlierResult() throws IOException {
        out = Files.writeString(folder.resolve("out.jsonl"), "earlier\n");
    }

    /** Emissions of the same size and time, whatever the third is. */
    private List<Object> arguments(float third) throws IOException {
        TinyModel model =
                new TinyModel(folder)
                        .reference("u1", "a")
                        .reference("u2", "a")
                        .reference("u3", "a");
        Path emissions = folder.resolve("emissions.npz");
        try (NpzWriter writer = NpzWriter.create(emissions)) { // not compressed
            writer.write("u1", new float[] {0, 0, 4, 0}, 1, 4);
            writer.write("u2", new float[] {0, 0, 0, 4}, 1, 4);
            writer.write("u3", new float[] {0, 0, third, 0}, 1, 4);
            writer.finish();
        }
        List<Object> arguments = new ArrayList<>();
        arguments.addAll(List.of("decode", "--emissions", emissions));
        arguments.addAll(List.of("--alphabet", model.alphabet(), "--greedy"));
        arguments.addAll(List.of("--refs", model.references(), "--out", out));
        for (String name : List.of("emissions.npz", "alphabet.txt")) {
            Files.setLastModifiedTime(folder.resolve(name), TIME);
        }
        return arguments;
    }

    private Path left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".partial"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void leavesTheEarlierFileAndSaysHowToGoOn() throws IOException {
        Outcome outcome = DecodeProgram.run(arguments(Float.NaN));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(out).hasContent("earlier");
        assertThat(Outcome.parse(Files.readAllLines(left()))).hasSize(2);
        assertThat(outcome.err().lines().toList())
                .satisfiesExactly(
                        note ->
                                assertThat(note)
                                        .isEqualTo(
                                                "the results of 2 utterances are kept in "
                                                        + left()
                                                        + "; the same command with --resume goes"
                                                        + " on after them"),
                        error -> assertThat(error).contains("frame 0, class 2 is NaN"));
    }

    @Test
    void goesOnAfterWhatIsDone() throws IOException {
        DecodeProgram.run(arguments(Float.NaN));
        // What is done is not decoded again, and counts in the error rates.
        Files.writeString(
                left(), Files.readString(left()).replace("\"text\":\"b\"", "\"text\":\"a\""));

        Outcome outcome = DecodeProgram.run(arguments(4), "--resume", "--threads", 2);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Outcome.parse(Files.readAllLines(out)))
                .extracting(object -> object.get("utt").getAsString())
                .containsExactly("u1", "u2", "u3");
        assertThat(outcome.out())
                .contains("utterances  1 (and 2 by an earlier run)")
                .containsPattern("words \\(WER\\) +0 +3 ");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".partial"));
        }
    }

    @Test
    void otherFilesInTheFolderOfTheEmissionsStartAnew() throws IOException {
        TinyModel model = new TinyModel(folder).utterance("u1", "a").utterance("u2", "b");
        Path broken = model.arrayFolder().resolve("u3.npy");
        Files.write(broken, TinyModel.npy("<f4", List.of(1, 4), Float.NaN, 0, 0, 0));
        out = broken.resolveSibling("out.jsonl");
        List<Object> arguments = new ArrayList<>();
        arguments.addAll(List.of("decode", "--emissions", broken.getParent()));
        arguments.addAll(List.of("--alphabet", model.alphabet(), "--greedy", "--out", out));
        DecodeProgram.run(arguments);
        // The file that the run left there is none of the emissions: the third alone is decoded.
        DecodeProgram.run(arguments, "--resume");
        try (Stream<Path> files = Files.list(broken.getParent())) {
            assertThat(files.filter(file -> file.toString().endsWith(".partial")))
                    .singleElement()
                    .satisfies(left -> assertThat(left).content().hasLineCount(2));
        }
        Files.write(broken, TinyModel.npy("<f4", List.of(2, 4), 0, 0, 4, 0, 0, 0, 4, 0));

        Outcome outcome = DecodeProgram.run(arguments, "--resume");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("utterances  3\n");
    }

    @Test
    void otherOptionsStartAnew() throws IOException {
        DecodeProgram.run(arguments(Float.NaN));
        List<Object> arguments = arguments(4);
        arguments.remove("--greedy");

        Outcome outcome = DecodeProgram.run(arguments, "--resume", "--json");

        JsonObject speed = outcome.events("speed").get(0);
        assertThat(speed.get("utterances").getAsInt()).isEqualTo(3);
        assertThat(speed.has("earlierUtterances")).isFalse();
        assertThat(Files.readAllLines(out)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"utt\": 3",
                "7",
                "{\"utt\": \"u1\", \"text\": \"a\"}",
                "{\"utt\": \"u1\", \"text\": \"a\", \"words\": {}}",
                "{\"utt\": \"u1\", \"text\": \"a\", \"words\": [{\"word\": \"a\"}]}",
                "{\"utt\": \"u1\", \"text\": \"a\", \"words\":"
                        + " [{\"word\": \"a\", \"confidence\": \"?\"}]}"
            })
    void damagedLinesAreNamed(String line) throws IOException {
        DecodeProgram.run(arguments(Float.NaN));
        Files.writeString(left(), line + "\n");

        Outcome outcome = DecodeProgram.run(arguments(4), "--resume");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("what an earlier run left of " + out + " is damaged; leave out --resume");
    }

    @Test
    void needsAFile() throws IOException {
        List<Object> arguments = arguments(4);

        DecodeProgram.run(arguments.subList(0, 6), "--resume")
                .assertWrongUsage("ctc-decode", "--resume has no meaning without --out");
    }
}
