package io.github.djlctc.examples.speech;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.speech.corpus.TestAudio;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.serving.SpeechTranslatorFactory;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands with a streaming model, which has learnt next to nothing in two epochs. */
class StreamingTrainingTest {

    @TempDir static Path folder;

    private static Path model;
    private static Outcome trained;

    @BeforeAll
    static void train() {
        model = folder.resolve("model");
        // Few utterances to tune the decoder on, which takes long after a model that knows nothing.
        Path data = folder.resolve("data");
        SpeechProgram.run(
                "synthesize",
                "--utterances=34",
                "--validation-utterances=6",
                "--test-utterances=20",
                data);
        trained =
                SpeechProgram.run(
                        "train",
                        "--streaming",
                        "--chunk=8",
                        "--lookahead=4",
                        "--data=manifest",
                        "--train=" + data.resolve("train.jsonl"),
                        "--validation=" + data.resolve("validation.jsonl"),
                        "--test=" + data.resolve("test.jsonl"),
                        "--consistency=0",
                        "--epochs=2",
                        "--batch-size=8",
                        "--checkpoint-every=2",
                        "--channels=6",
                        "--state-size=8",
                        "--subsampling=2",
                        "--json",
                        "--model",
                        model);
    }

    @Test
    void saysHowFarItSeesAhead() throws IOException {
        assertThat(trained.exitCode()).isZero();
        JsonObject settings = trained.events("start").get(0).getAsJsonObject("model");
        JsonObject streaming = settings.getAsJsonObject("streaming");
        assertThat(streaming.get("chunk").getAsInt()).isEqualTo(8);
        assertThat(streaming.get("lookahead").getAsInt()).isEqualTo(4);
        // 12.5 ms of the window, 2 frames of 10 ms, 2 of 20 ms, 4 of 20 ms and 7 of a chunk.
        assertThat(model.resolve("report.html"))
                .content()
                .contains(
                        "reads sound as it comes, in chunks of 160 ms, with a lookahead of at"
                                + " most 293 ms");
        try (SpeechModel loaded = SpeechModel.load(model)) {
            assertThat(loaded.isStreaming()).isTrue();
            assertThat(loaded.lookaheadSeconds()).isBetween(0.29249, 0.29251);
        }
    }

    /** The 34 utterances alone would be five batches of 8; with their pairs they are four. */
    @Test
    void readsHalfOfTheUtterancesTwoByTwo() throws IOException {
        assertThat(trained.events("start").get(0).get("concatenate").getAsDouble()).isEqualTo(0.5);
        assertThat(model.resolve("report.html")).content().contains("concatenate 0.5");
        JsonObject pairs = trained.events("concatenated").get(0);
        assertThat(pairs.get("samples").getAsInt()).isEqualTo(34);
        assertThat(pairs.get("pairs").getAsInt()).isBetween(2, 8);
        assertThat(latestCheckpoint().getFileName()).hasToString("checkpoint-0000000008.ckpt");
    }

    @Test
    void evaluatesAsItWasTested() {
        Outcome evaluated = SpeechProgram.run("evaluate", "--json", "--model", model);

        assertThat(evaluated.exitCode()).isZero();
        assertThat(evaluated.events("errors")).isEqualTo(trained.events("errors"));
    }

    @Test
    void resumesExactly() throws IOException {
        Path last = latestCheckpoint();
        byte[] expected = Files.readAllBytes(last);
        // As if it had been killed in the last epoch, after its second batch.
        Files.delete(last);

        Outcome resumed = SpeechProgram.run("train", "--resume", "--json", "--model", model);

        assertThat(resumed.exitCode()).isZero();
        assertThat(resumed.events("resume")).hasSize(1);
        assertThat(resumed.events("errors")).isEqualTo(trained.events("errors"));
        assertThat(latestCheckpoint()).isEqualTo(last).hasBinaryContent(expected);
    }

    /** Before that was recorded, no utterance followed another. */
    @Test
    void doesNotResumeARunOfAnEarlierVersion() throws IOException {
        Path earlier = Files.createDirectories(folder.resolve("earlier/checkpoints"));
        Path checkpoint = latestCheckpoint();
        byte[] bytes = Files.readAllBytes(checkpoint);
        String recorded = "\"--concatenate\":[\"0.5\"],";
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(recorded);
        Arrays.fill(bytes, at, at + recorded.length(), (byte) ' ');
        int end = bytes.length - Long.BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        ByteBuffer.wrap(bytes).putLong(end, checksum.getValue());
        Files.write(earlier.resolve(checkpoint.getFileName()), bytes);

        Outcome resumed =
                SpeechProgram.run("train", "--resume", "--model", folder.resolve("earlier"));

        assertThat(resumed.exitCode()).isEqualTo(2);
        assertThat(resumed.err()).contains("of an earlier version, whose defaults were others");
    }

    private static Path latestCheckpoint() throws IOException {
        try (Stream<Path> files = Files.list(model.resolve("checkpoints"))) {
            return files.filter(file -> file.toString().endsWith(".ckpt"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    @Test
    void exportsWhatTranscribes() throws Exception {
        Path sound = folder.resolve("a.wav");
        TestAudio.writeWav(sound);
        Outcome transcribed = SpeechProgram.run("transcribe", "--json", "--model", model, sound);
        Path exported = folder.resolve("exported");
        assertThat(SpeechProgram.run("export", "--model", model, exported).exitCode()).isZero();
        Criteria<Path, Hypothesis> criteria =
                Criteria.builder()
                        .setTypes(Path.class, Hypothesis.class)
                        .optModelPath(exported)
                        .optTranslatorFactory(new SpeechTranslatorFactory())
                        .build();
        try (ZooModel<Path, Hypothesis> loaded = criteria.loadModel();
                Predictor<Path, Hypothesis> predictor = loaded.newPredictor()) {
            assertThat(predictor.predict(sound).text())
                    .isEqualTo(transcribed.json().get(0).get("text").getAsString());
        }
    }

    @Test
    void explainsOptionsThatDoNotSuit() throws IOException {
        assertThat(SpeechProgram.run("train", "--lookahead=3", "--utterances=8"))
                .satisfies(
                        outcome -> assertThat(outcome.exitCode()).isEqualTo(2),
                        outcome ->
                                assertThat(outcome.err())
                                        .contains(
                                                "--lookahead has no meaning without --streaming"));
        assertThat(SpeechProgram.run("train", "--concatenate=0.3", "--utterances=8"))
                .satisfies(
                        outcome -> assertThat(outcome.exitCode()).isEqualTo(2),
                        outcome ->
                                assertThat(outcome.err())
                                        .contains(
                                                "--concatenate has no meaning without"
                                                        + " --streaming"));
        assertThat(SpeechProgram.run("train", "--streaming", "--concatenate=2", "--utterances=8"))
                .satisfies(
                        outcome -> assertThat(outcome.exitCode()).isEqualTo(2),
                        outcome ->
                                assertThat(outcome.err())
                                        .contains("concatenated samples: 2.0 is out of range"));
        assertThat(SpeechProgram.run("train", "--streaming", "--lookahead=-1", "--utterances=8"))
                .satisfies(
                        outcome -> assertThat(outcome.exitCode()).isEqualTo(2),
                        outcome ->
                                assertThat(outcome.err())
                                        .contains("--lookahead must be from 0 to 1000"));
        assertThat(SpeechProgram.run("train", "--streaming", "--chunk=0", "--utterances=8"))
                .satisfies(
                        outcome -> assertThat(outcome.exitCode()).isEqualTo(2),
                        outcome ->
                                assertThat(outcome.err())
                                        .contains("--chunk must be from 1 to 1000"));
        List<Object> features = new ArrayList<>(List.of("train", "--streaming"));
        features.addAll(TinyManifest.write(folder));
        assertThat(SpeechProgram.run(features.toArray()))
                .satisfies(
                        outcome -> assertThat(outcome.exitCode()).isEqualTo(2),
                        outcome ->
                                assertThat(outcome.err())
                                        .contains(
                                                "--streaming has no meaning for precomputed"
                                                        + " features"));
    }
}
