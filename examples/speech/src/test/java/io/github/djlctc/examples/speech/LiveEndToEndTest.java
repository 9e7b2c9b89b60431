package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.speech.audio.Resampler;
import io.github.djlctc.examples.speech.audio.SixteenBitPcm;
import io.github.djlctc.examples.speech.audio.WaveFile;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.synthetic.SpokenSentences;
import io.github.djlctc.examples.speech.serve.Chromium;
import io.github.djlctc.testdata.ChildJvm;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** As a user would: {@code listen} and {@code serve}, with a model that knows one sentence. */
class LiveEndToEndTest {

    private static final String SENTENCE = "OPEN THE GARDEN";

    @TempDir static Path folder;

    private static Path model;
    private static Path file;
    private static Waveform sound;

    @BeforeAll
    static void train() throws IOException {
        model = folder.resolve("model");
        sound = SpokenSentences.speak(1, SENTENCE);
        file = folder.resolve("test.wav");
        WaveFile.write(sound, file);
        Waveform learnt = SpokenSentences.speak(0.3, SENTENCE);
        WaveFile.write(learnt, folder.resolve("train.wav"));
        WaveFile.write(SpokenSentences.speak(0.4, SENTENCE), folder.resolve("hold.wav"));
        // With silence around it or hardly any: live, little of it is heard.
        List<String> training = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            training.add(
                    String.format(
                            Locale.ROOT,
                            "{\"audio_filepath\":\"train.wav\",\"text\":\"%s\",\"offset\":%.3f,"
                                    + "\"duration\":%.3f}",
                            SENTENCE,
                            0.014 * i,
                            learnt.seconds() - 0.028 * i));
        }
        Path manifest = Files.write(folder.resolve("train.jsonl"), training);
        Outcome outcome =
                SpeechProgram.run(
                        "train",
                        "--data=manifest",
                        "--train=" + manifest,
                        "--validation=" + manifest("hold.wav"),
                        "--test=" + manifest("test.wav"),
                        "--model=" + model,
                        "--channels=24",
                        "--state-size=48",
                        "--layers=1",
                        "--epochs=40",
                        "--batch-size=2",
                        "--learning-rate=1e-2",
                        "--warm-up=10",
                        "--subsampling=2",
                        "--mels=20",
                        "--no-augmentation");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    private static Path manifest(String name) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".jsonl"),
                "{\"audio_filepath\":\"%s\",\"text\":\"%s\"}\n".formatted(name, SENTENCE));
    }

    private static Process start(String... arguments) throws IOException {
        return ChildJvm.of(SpeechCommand.class, List.of("-Xmx512m"), arguments)
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    private static String errors() throws IOException {
        return Files.readString(folder.resolve("errors.txt"));
    }

    @Test
    void listensToTheStandardInputUntilItIsStopped() throws Exception {
        Process process = start("listen", "-", "--rate=48000", "--model=" + model);
        BufferedReader output = process.inputReader();
        Waveform fine =
                new Waveform(
                        Resampler.between(sound.sampleRate(), 48_000).resample(sound.samples()),
                        48_000);
        byte[] pcm = SixteenBitPcm.encode(fine.samples());
        OutputStream input = process.getOutputStream();
        input.write(pcm);
        input.write(pcm, 0, pcm.length - 48_000); // ends soon after the sentence
        input.flush();
        assertThat(output.readLine()).isEqualTo(SENTENCE);
        // The input stays open, as a microphone does.
        Thread.sleep(1500);
        process.toHandle().destroy();

        assertThat(output.readLine()).isEqualTo(SENTENCE);
        assertThat(output.readLine()).isNull();
        assertThat(process.waitFor()).as(errors()).isZero();
        assertThat(errors()).isEmpty();
    }

    @Test
    void servesUntilItIsStopped() throws Exception {
        Process process = start("serve", "--port=0", "--model=" + model);
        String url = process.inputReader().readLine();
        assertThat(url).as(errors()).matches("http://127\\.0\\.0\\.1:\\d+/");

        assertThat(post(url + "v1/transcriptions?format=text")).isEqualTo(SENTENCE + "\n");
        Outcome transcribed =
                SpeechProgram.run("transcribe", "--json", "--model=" + model, file.toString());
        assertThat(post(url + "v1/transcriptions"))
                .as("the same as of transcribe, but for the name of the file")
                .isEqualTo(transcribed.out().replace(file.toString(), "sound"));
        process.toHandle().destroy();

        assertThat(process.waitFor()).as(errors()).isZero();
        assertThat(errors()).as("nothing is logged").isEmpty();
    }

    private static String post(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .POST(BodyPublishers.ofFile(file))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Test
    void thePageShowsWhatTheMicrophoneHears() throws Exception {
        try (Chromium browser =
                Chromium.hearing(file, Files.createDirectories(folder.resolve("browser")))) {
            Process process = start("serve", "--port=0", "--model=" + model);
            try {
                browser.open(process.inputReader().readLine());
                browser.evaluate("document.getElementById('record').click()");
                browser.await(
                        "[...document.querySelectorAll('#sentences li')].some(one =>"
                                + " one.innerText.includes('"
                                + SENTENCE
                                + "'))");
                assertThat(browser.complaints()).isEmpty();
            } finally {
                process.toHandle().destroy();
            }
            assertThat(process.waitFor()).as(errors()).isZero();
        }
    }
}
