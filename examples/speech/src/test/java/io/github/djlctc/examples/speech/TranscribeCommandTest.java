package io.github.djlctc.examples.speech;

import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.speech.corpus.TestAudio;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.transcript.TranscriptFormat;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.LetterCase;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class TranscribeCommandTest {

    @TempDir Path folder;

    private Path model;
    private Path sounds;
    private Path good;

    @BeforeEach
    void prepare() throws IOException {
        model = saveUntrainedModel(FeatureConfig.logMel(8000, 10));
        sounds = Files.createDirectory(folder.resolve("sounds"));
        good = TestAudio.writeWav(sounds.resolve("d-good.WAV"));
        byte[] bytes = Files.readAllBytes(good);
        Files.createFile(sounds.resolve("a-empty.wav"));
        Files.write(sounds.resolve("b-cut.wav"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.writeString(sounds.resolve("c-text.wav"), "Dear diary, today I was renamed to .wav.");
        Files.writeString(sounds.resolve("notes.txt"), "not for transcription");
    }

    @Test
    void transcribesTheGoodFilesAndSumsUpTheOthers() {
        Outcome outcome = SpeechProgram.run("transcribe", "--model", model, sounds);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines()).singleElement().asString().startsWith(good + "\t");
        assertThat(outcome.err().lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "1 file of another type was left: %s",
                                                sounds.resolve("notes.txt")),
                        line -> assertThat(line).isEqualTo("skipped 1: audio file empty"),
                        line ->
                                assertThat(line)
                                        .isEqualTo(
                                                "  %s: it has 0 bytes",
                                                sounds.resolve("a-empty.wav")),
                        line -> assertThat(line).isEqualTo("skipped 1: audio file truncated"),
                        line ->
                                assertThat(line)
                                        .contains("b-cut.wav: its header gives 800 samples"),
                        line -> assertThat(line).isEqualTo("skipped 1: not a supported audio file"),
                        line -> assertThat(line).contains("c-text.wav: neither WAV"));
    }

    @Test
    void failsAtTheFirstBadFileIfStrict() {
        Outcome outcome = SpeechProgram.run("transcribe", "--model", model, "--strict", sounds);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualToIgnoringNewLines(
                        "speech: %s: audio file empty: it has 0 bytes"
                                .formatted(sounds.resolve("a-empty.wav")));
    }

    @Test
    void failsIfANamedFileCannotBeUsedUnlessToldOtherwise() {
        Path bad = sounds.resolve("b-cut.wav");

        Outcome named = SpeechProgram.run("transcribe", "--model", model, good, bad);
        Outcome ignored =
                SpeechProgram.run("transcribe", "--model", model, "--ignore-unusable", good, bad);

        assertThat(named.exitCode()).isEqualTo(1);
        assertThat(named.out()).startsWith(good + "\t");
        assertThat(named.err()).contains("skipped 1: audio file truncated", bad + ": ");
        assertThat(ignored.exitCode()).isZero();
    }

    @Test
    void namesFilesThatAreNotThere() {
        Path none = folder.resolve("none.wav");

        Outcome outcome = SpeechProgram.run("transcribe", "--model", model, none);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("skipped 1: audio file missing", none + ": there is no such file")
                .contains("speech: nothing was transcribed");
    }

    @Test
    void saysThatAFolderHoldsNoAudio() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        Outcome outcome = SpeechProgram.run("transcribe", "--model", model, empty);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("speech: nothing to read in " + empty + ": no name there ends in .");
    }

    @Test
    void printsJson() {
        Outcome plain = SpeechProgram.run("transcribe", "--model", model, good);
        Outcome brief = SpeechProgram.run("transcribe", "--model", model, "--json", good, good);
        Outcome full =
                SpeechProgram.run(
                        "transcribe", "--model", model, "--format", "json", "--times", sounds);

        String text = plain.out().substring((good + "\t").length()).stripTrailing();
        assertThat(brief.json())
                .hasSize(2)
                .allSatisfy(
                        object -> {
                            assertThat(object.keySet())
                                    .containsExactly("file", "text", "seconds", "segments");
                            assertThat(object.get("text").getAsString()).isEqualTo(text);
                            assertThat(object.get("seconds").getAsDouble()).isEqualTo(0.1);
                        });
        assertThat(full.json()).hasSize(1);
        assertThat(full.json().get(0).get("file").getAsString()).isEqualTo(good.toString());
        JsonObject segment = full.json().get(0).getAsJsonArray("segments").get(0).getAsJsonObject();
        assertThat(segment.keySet())
                .containsExactly(
                        "text", "start", "end", "score", "words", "alternatives", "tokens");
        assertThat(segment.get("score").getAsDouble()).isNegative();
        StringBuilder tokens = new StringBuilder();
        double time = 0;
        for (var element : segment.getAsJsonArray("tokens")) {
            JsonObject token = element.getAsJsonObject();
            assertThat(token.keySet()).containsExactly("token", "start", "end", "logProbability");
            assertThat(token.get("start").getAsDouble()).isGreaterThanOrEqualTo(time);
            assertThat(token.get("end").getAsDouble()).isGreaterThan(time);
            time = token.get("end").getAsDouble();
            tokens.append(token.get("token").getAsString());
        }
        assertThat(tokens.toString()).isNotEmpty();
        assertThat(time).isBetween(0.0, 0.1);
        List<String> words =
                segment.getAsJsonArray("words").asList().stream()
                        .map(word -> word.getAsJsonObject().get("word").getAsString())
                        .toList();
        assertThat(String.join(" ", words)).isEqualTo(text);
    }

    @Test
    void decodesByBeamSearchAndPrintsAlternatives() {
        Outcome outcome =
                SpeechProgram.run(
                        "transcribe",
                        "--model",
                        model,
                        "--json",
                        "--nbest",
                        "3",
                        "--beam",
                        "9",
                        good);

        assertThat(outcome.exitCode()).isZero();
        assertThat(segment(outcome).getAsJsonArray("alternatives")).hasSize(2);
    }

    @Test
    void findsAlternativesByALabelPriorAlone() throws IOException {
        List<Object> options = List.of("transcribe", "--model", model, "--json", "--nbest", "2");
        String text = best(SpeechProgram.run(with(options, good)));
        Alphabet alphabet = Alphabet.ofCharacters(" ABCDEFGH");
        float[] frames = new float[1000 * alphabet.size()];
        int common = alphabet.indexOf(text.substring(0, 1)).orElseThrow();
        for (int i = common; i < frames.length; i += alphabet.size()) {
            frames[i] = 20;
        }
        Path prior = folder.resolve("prior.txt");
        LabelPrior.estimate(alphabet, List.of(frames)).write(prior);

        Outcome outcome = SpeechProgram.run(with(options, "--prior", prior, good));

        assertThat(outcome.exitCode()).isZero();
        assertThat(best(outcome)).doesNotContain(text.substring(0, 1));
    }

    private static Object[] with(List<Object> options, Object... more) {
        return Stream.concat(options.stream(), Arrays.stream(more)).toArray();
    }

    private static String best(Outcome outcome) {
        return segment(outcome).get("text").getAsString();
    }

    @Test
    void usesALexicon() throws IOException {
        Path lexicon = Files.writeString(folder.resolve("words.txt"), "BEE\n");
        Path impossible = Files.writeString(folder.resolve("long.txt"), "ABCDEFGHABCDEFGHABCD\n");

        Outcome some =
                SpeechProgram.run(
                        "transcribe", "--model", model, "--lexicon", lexicon, "--json", good);
        Outcome none =
                SpeechProgram.run(
                        "transcribe", "--model", model, "--lexicon", impossible, "--json", good);

        assertThat(some.json().get(0).get("text").getAsString()).matches("(BEE ?)*");
        assertThat(none.exitCode()).isZero();
        assertThat(none.json().get(0).get("text").getAsString()).isEmpty();
    }

    @Test
    void printsSubtitlesOfOneFile() {
        Outcome one = SpeechProgram.run("transcribe", "--model", model, "--format", "SRT", good);
        Outcome two =
                SpeechProgram.run("transcribe", "--model", model, "--format", "srt", good, good);

        assertThat(one.exitCode()).isZero();
        assertThat(one.out()).startsWith("1\n00:00:00,0");
        two.assertWrongUsage("speech", "--format srt of several files needs --out DIR");
    }

    @ParameterizedTest
    @EnumSource(TranscriptFormat.class)
    void writesAFileForEachInput(TranscriptFormat format) throws IOException {
        Path other = TestAudio.writeWav(folder.resolve("other").resolve("D-good.wav"));
        Path out = folder.resolve("new").resolve("out");

        Outcome outcome =
                SpeechProgram.run(
                        "transcribe",
                        "--model",
                        model,
                        "--out",
                        out,
                        "--format",
                        format,
                        good,
                        good,
                        other);

        Path first = out.resolve("d-good." + format.extension());
        Path second = out.resolve("D-good-2." + format.extension());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .containsExactly(good + "\t" + first, good + "\t" + first, other + "\t" + second);
        assertThat(first).isNotEmptyFile();
        assertThat(second).isNotEmptyFile();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void resumesAfterTheTranscriptsThatAreThere() throws IOException {
        Path other = TestAudio.writeWav(folder.resolve("other").resolve("e-good.wav"));
        Path out = Files.createDirectory(folder.resolve("out"));
        Path done = Files.writeString(out.resolve("d-good.txt"), "earlier");
        Path old = Files.writeString(out.resolve("e-good.txt"), "earlier");
        Files.setLastModifiedTime(old, FileTime.fromMillis(0));

        Outcome outcome =
                SpeechProgram.run(
                        "transcribe", "--model", model, "--out", out, "--resume", good, other);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).containsExactly(other + "\t" + old);
        assertThat(outcome.err()).contains("passed over 1 with a transcript in " + out);
        assertThat(done).hasContent("earlier");
        assertThat(Files.readString(old)).isNotEqualTo("earlier");
        Outcome again =
                SpeechProgram.run(
                        "transcribe", "--model", model, "--out", out, "--resume", good, other);
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).isEmpty();
    }

    @Test
    void refusesToWriteOverAnInput() throws IOException {
        Path sound = Files.copy(good, sounds.resolve("e.srt"));
        byte[] before = Files.readAllBytes(sound);

        Outcome outcome =
                SpeechProgram.run(
                        "transcribe", "--model", model, "--out", sounds, "--format", "srt", sound);

        outcome.assertWrongUsage("speech", "would overwrite " + sound);
        assertThat(sound).hasBinaryContent(before);
    }

    @Test
    void failsIfAFileCannotBeWritten() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.createDirectory(out.resolve("d-good.txt"));

        Outcome outcome = SpeechProgram.run("transcribe", "--model", model, "--out", out, good);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.err()).contains("d-good.txt").doesNotContain("skipped");
    }

    @Test
    void readsTheStandardInput() throws IOException {
        InputStream before = System.in;
        Outcome outcome;
        try (InputStream sound = Files.newInputStream(good)) {
            System.setIn(sound);
            outcome = SpeechProgram.run("transcribe", "--model", model, "-");
        } finally {
            System.setIn(before);
        }

        Outcome file = SpeechProgram.run("transcribe", "--model", model, good);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).isEqualTo(file.out().replace(good.toString(), "-"));
    }

    @Test
    void rejectsOptionsThatChangeNothing() {
        SpeechProgram.run("transcribe", "--model", model, "--json", "--format", "srt", good)
                .assertWrongUsage("speech", "--json has no meaning with --format srt");
        SpeechProgram.run("transcribe", "--model", model, "--resume", good)
                .assertWrongUsage("speech", "--resume has no meaning without --out");
        SpeechProgram.run("transcribe", "--model", model, "--times", "--format", "ctm", good)
                .assertWrongUsage("speech", "--times has no meaning with --format ctm");
        SpeechProgram.run("transcribe", "--model", model, "--nbest", "2", good)
                .assertWrongUsage("speech", "--nbest has no meaning without --format json");
        SpeechProgram.run(
                        "transcribe", "--model", model, "--greedy", "--json", "--nbest", "2", good)
                .assertWrongUsage("speech", "--nbest has no meaning with --greedy");
        SpeechProgram.run("transcribe", "--model", model, "--json", "--nbest", "0", good)
                .assertWrongUsage("speech", "--nbest must be from 1");
        SpeechProgram.run("transcribe", "--model", model, "--beam", "9", "--json", good)
                .assertWrongUsage("speech", "--beam has no meaning without");
        SpeechProgram.run("transcribe", "--model", model, "-", good, "-")
                .assertWrongUsage("speech", "- can be given only once");
        SpeechProgram.run("transcribe", "--model", model, "--format", "doc", good)
                .assertWrongUsage("speech", "--format");
    }

    private static JsonObject segment(Outcome outcome) {
        return outcome.json().get(0).getAsJsonArray("segments").get(0).getAsJsonObject();
    }

    @Test
    void printsTimes() {
        Outcome outcome = SpeechProgram.run("transcribe", "--model", model, "--times", good);

        assertThat(outcome.exitCode()).isZero();
        List<String> lines = outcome.out().lines().toList();
        assertThat(lines.get(0)).startsWith(good + "\t");
        assertThat(lines.subList(1, lines.size()))
                .isNotEmpty()
                .allMatch(line -> line.matches(" {6}0\\.\\d\\d {4}0\\.\\d\\d {2}."));
    }

    @Test
    void saysThatAModelDoesNotReadSound() throws IOException {
        Path features = saveUntrainedModel(FeatureConfig.precomputed(3, 0.01));

        Outcome outcome = SpeechProgram.run("transcribe", "--model", features, good);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("skipped 1: unsuitable for the model")
                .contains("the model reads precomputed features, but was given sound");
    }

    private Path saveUntrainedModel(FeatureConfig features) throws IOException {
        ModelConfig config =
                new ModelConfig(features, new ModelSize(6, 5, 1, 1, 0), LetterCase.UPPER);
        Path path = folder.resolve(features.kind().name());
        try (SpeechModel untrained =
                SpeechModel.create(config, Alphabet.ofCharacters(" ABCDEFGH"))) {
            // With this seed it hears something in noise.
            Engine.getInstance().setRandomSeed(2);
            Shape shape = new Shape(1, 100, untrained.extractor().dimensions());
            untrained
                    .djlModel()
                    .getBlock()
                    .initialize(
                            untrained.djlModel().getNDManager(),
                            DataType.FLOAT32,
                            shape,
                            new Shape(1));
            untrained.save(path);
        }
        return path;
    }
}
