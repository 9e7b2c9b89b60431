package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import static org.assertj.core.api.Assertions.assertThat;

class AlignCommandTest {

    @TempDir Path folder;

    private TinyModel model() {
        return new TinyModel(folder)
                .utterance("u1", "-aa-_-b-")
                .utterance("../u 2", "ab")
                .reference("u1", "a b")
                .reference("../u 2", "ab");
    }

    private Outcome align(TinyModel model, Object... more) throws IOException {
        return DecodeProgram.run(
                Stream.concat(
                                model.arguments("align").stream(),
                                Stream.of("--refs", model.references()))
                        .toList(),
                more);
    }

    @Test
    void writesJsonLines() throws IOException {
        Path out = folder.resolve("out.jsonl");

        Outcome outcome = align(model(), "--out", out, "--frame-seconds", 0.1);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("aligned 2, times in seconds");
        List<JsonObject> lines = Outcome.parse(Files.readAllLines(out));
        assertThat(lines).hasSize(2);
        JsonObject line = lines.get(0);
        assertThat(line.keySet()).containsExactly("utt", "text", "score", "words", "tokens");
        assertThat(line.get("text").getAsString()).isEqualTo("a b");
        JsonObject first = line.getAsJsonArray("words").get(0).getAsJsonObject();
        assertThat(first.keySet()).containsExactly("word", "start", "end", "score", "confidence");
        assertThat(first.get("word").getAsString()).isEqualTo("a");
        assertThat(first.get("start").getAsDouble()).isEqualTo(0.1);
        assertThat(first.get("end").getAsDouble()).isEqualTo(0.3);
        assertThat(first.get("score").getAsDouble()).isNegative();
        assertThat(line.getAsJsonArray("tokens")).hasSize(3);
        assertThat(
                        line.getAsJsonArray("tokens")
                                .get(1)
                                .getAsJsonObject()
                                .get("token")
                                .getAsString())
                .isEqualTo("<space>");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".TextGrid"));
        }
    }

    @Test
    void writesTextGridsAndPicturesIntoAFolder() throws IOException {
        Path out = folder.resolve("new/out");

        Outcome outcome = align(model(), "--out", out, "--pictures");

        assertThat(outcome.exitCode()).isZero();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "alignments.jsonl",
                            "u1.TextGrid",
                            "u1.png",
                            "_._u_2.TextGrid",
                            "_._u_2.png");
        }
        assertThat(Files.readString(out.resolve("u1.TextGrid")))
                .startsWith("File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n")
                .contains("xmax = 8\n", "name = \"words\"", "name = \"tokens\"");
        BufferedImage picture = ImageIO.read(out.resolve("u1.png").toFile());
        assertThat(picture.getWidth()).isBetween(200, 1000);
    }

    @Test
    void alignsSelectedUtterances() throws IOException {
        Path out = folder.resolve("out.jsonl");

        Outcome one = align(model(), "--out", out, "--utt", "u1");

        assertThat(one.exitCode()).isZero();
        assertThat(Outcome.parse(Files.readAllLines(out))).hasSize(1);
        Outcome none = align(model(), "--out", out, "--utt", "u9");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("there is no utterance u9");
    }

    @Test
    void namesTextsThatCannotBeAligned() throws IOException {
        TinyModel model =
                model().utterance("short", "a")
                        .reference("short", "a b a")
                        .utterance("strange", "ab")
                        .reference("strange", "xy");
        Path out = folder.resolve("out.jsonl");

        Outcome lenient = align(model, "--out", out);
        Outcome strict = align(model, "--out", out, "--strict");

        assertThat(lenient.exitCode()).isZero();
        assertThat(lenient.err())
                .contains("skipped 1: text cannot be aligned", "  short: the text needs")
                .contains("skipped 1: characters not in the alphabet", "  strange: ");
        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.err().lines()).hasSize(1);
        assertThat(strict.err()).startsWith("ctc-decode: short: text cannot be aligned");
    }

    @Test
    void failsIfNothingWasAligned() throws IOException {
        TinyModel model = new TinyModel(folder).utterance("u", "a").reference("u", "a b");
        Path out = folder.resolve("out.jsonl");

        Outcome outcome = align(model, "--out", out);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("ctc-decode: nothing was aligned");
        assertThat(out).doesNotExist();
    }

    @Test
    void wildcardsStandForAnySpeech() throws IOException {
        TinyModel model = new TinyModel(folder).utterance("u", "bbb_a-").reference("u", "* a");
        Path out = folder.resolve("out.jsonl");

        Outcome outcome = align(model, "--out", out, "--wildcard", "*");

        assertThat(outcome.exitCode()).isZero();
        JsonObject line = Outcome.parse(Files.readAllLines(out)).get(0);
        JsonObject word = line.getAsJsonArray("words").get(0).getAsJsonObject();
        assertThat(word.get("word").getAsString()).isEqualTo("a");
        assertThat(word.get("start").getAsInt()).isEqualTo(4);
    }
}
