package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * As a user would: train on spoken commands, evaluate, transcribe a file. A smaller variant of the
 * default run: fewer utterances, a smaller model, about a minute.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SpeechEndToEndTest {

    private static final String[] TRAINING = {
        "--utterances",
        "480",
        "--epochs",
        "12",
        "--batch-size",
        "8",
        "--learning-rate",
        "3e-3",
        "--channels",
        "64",
        "--state-size",
        "96",
        "--subsampling",
        "3"
    };
    private static final double WORST_WER = 0.6;

    @TempDir static Path folder;

    private static JsonObject testErrors;

    @Test
    @Order(1)
    void theLossFallsAndTheTestErrorsBeatTheBound() {
        List<JsonObject> events = json(command("train", "--json"), TRAINING);
        List<JsonObject> epochs = named(events, "epoch");
        assertThat(epochs).hasSize(12);
        double first = epochs.get(0).get("loss").getAsDouble();
        double last = epochs.get(epochs.size() - 1).get("loss").getAsDouble();
        assertThat(last).isLessThan(first / 2);
        assertThat(named(events, "skipped")).isEmpty();
        testErrors = named(events, "errors").get(0);
        assertThat(rate(testErrors)).isLessThan(WORST_WER);
    }

    @Test
    @Order(2)
    void evaluateFindsTheSameErrors() {
        JsonObject errors = named(json(command("evaluate", "--json")), "errors").get(0);
        assertThat(errors).isEqualTo(testErrors);
    }

    @Test
    @Order(3)
    void transcribesAFileOfAnotherSampleRate() throws IOException {
        Utterance utterance = SyntheticCorpus.builder().build().train().get(0);
        Path file = folder.resolve("utterance.wav");
        write((Waveform) utterance.source().read(), file);
        List<JsonObject> lines = json(command("transcribe", "--json", "--times", file.toString()));
        assertThat(lines).hasSize(1);
        JsonObject line = lines.get(0);
        assertThat(line.get("text").getAsString()).isNotBlank();
        double end = 0;
        for (var token : line.getAsJsonArray("tokens")) {
            double start = token.getAsJsonObject().get("start").getAsDouble();
            assertThat(start).isGreaterThanOrEqualTo(end);
            end = token.getAsJsonObject().get("end").getAsDouble();
            assertThat(end).isGreaterThan(start);
        }
    }

    private static double rate(JsonObject errors) {
        return errors.getAsJsonObject("words").get("rate").getAsDouble();
    }

    private static String[] command(String... arguments) {
        String[] command = Arrays.copyOf(arguments, arguments.length + 2);
        command[arguments.length] = "--model";
        command[arguments.length + 1] = folder.resolve("model").toString();
        return command;
    }

    private static List<JsonObject> json(String[] command, String... more) {
        StringWriter out = new StringWriter();
        CommandLine line = SpeechCommand.commandLine().setOut(new PrintWriter(out));
        String[] all = Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        assertThat(line.execute(all)).isZero();
        return out.toString()
                .lines()
                .map(l -> JsonParser.parseString(l).getAsJsonObject())
                .toList();
    }

    private static List<JsonObject> named(List<JsonObject> events, String name) {
        return events.stream().filter(e -> e.get("event").getAsString().equals(name)).toList();
    }

    /** Writes the sound with every sample twice, so at twice the rate. */
    private static void write(Waveform sound, Path file) throws IOException {
        byte[] bytes = new byte[4 * sound.samples().length];
        for (int i = 0; i < 2 * sound.samples().length; i++) {
            short sample = (short) Math.round(sound.samples()[i / 2] * Short.MAX_VALUE);
            bytes[2 * i] = (byte) sample;
            bytes[2 * i + 1] = (byte) (sample >> 8);
        }
        AudioFormat format = new AudioFormat(2 * sound.sampleRate(), 16, 1, true, false);
        try (AudioInputStream stream =
                new AudioInputStream(new ByteArrayInputStream(bytes), format, bytes.length / 2)) {
            AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
        }
    }
}
