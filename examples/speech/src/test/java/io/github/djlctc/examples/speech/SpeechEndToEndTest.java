package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.decode.CtcDecodeCommand;
import io.github.djlctc.examples.speech.audio.WaveFile;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;
import io.github.djlctc.testdata.ChildJvm;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    private static List<JsonObject> testErrors;

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
        testErrors = named(events, "errors");
        assertThat(testErrors)
                .extracting(event -> event.get("decoding").getAsString())
                .element(0)
                .isEqualTo("greedy");
        assertThat(testErrors).hasSize(2);
        assertThat(rate(testErrors.get(0))).isLessThan(WORST_WER);
        assertThat(rate(testErrors.get(1))).isLessThan(0.8 * rate(testErrors.get(0)));
        JsonObject decoder = named(events, "decoder").get(0);
        assertThat(decoder.get("decoder").getAsString()).isEqualTo("search");
        assertThat(decoder.get("validation").getAsInt()).isEqualTo(100);
        assertThat(decoder.get("description").getAsString()).startsWith("alpha ");
    }

    @Test
    @Order(2)
    void evaluateFindsTheSameErrors() {
        List<JsonObject> events = json(command("evaluate", "--json"));
        assertThat(named(events, "errors")).isEqualTo(testErrors);
        assertThat(named(json(command("evaluate", "--json", "--greedy")), "errors"))
                .isEqualTo(testErrors.subList(0, 1));
        Path model = folder.resolve("model");
        String[] withFiles = {
            "--lm", model.resolve("lm.arpa.gz").toString(), "--alpha=0", "--beta=0", "--gamma=0"
        };
        List<JsonObject> chosen = json(command("evaluate", "--json"), withFiles);
        assertThat(named(chosen, "errors"))
                .extracting(event -> event.get("decoding").getAsString())
                .containsExactly("greedy", "beam search");
        assertThat(rate(named(chosen, "errors").get(1))).isGreaterThan(rate(testErrors.get(1)));
    }

    @Test
    @Order(3)
    void ctcDecodeFindsTheTextsOfEvaluateInTheEmissions() throws Exception {
        Path emissions = folder.resolve("emissions");
        JsonObject written = json(command("emissions", "--json", emissions.toString())).get(0);
        assertThat(written.get("samples").getAsInt()).isEqualTo(200);
        Path model = folder.resolve("model");
        JsonObject settings =
                JsonParser.parseString(Files.readString(model.resolve("decoder.json")))
                        .getAsJsonObject();
        List<String> arguments = new ArrayList<>(List.of("decode", "--json"));
        arguments.add("--emissions=" + emissions.resolve("emissions.npz"));
        arguments.add("--alphabet=" + emissions.resolve("alphabet.json"));
        arguments.add("--refs=" + emissions.resolve("refs.jsonl"));
        arguments.add("--lm=" + model.resolve("lm.arpa.gz"));
        arguments.add("--alpha=" + settings.get("alpha"));
        arguments.add("--beta=" + settings.get("beta"));
        if (settings.has("lexicon")) {
            arguments.add("--lexicon=" + model.resolve("lexicon.txt"));
        }
        if (settings.has("labelPrior")) {
            arguments.add("--prior=" + model.resolve("label-prior.txt"));
        } else {
            arguments.add("--prior-weight=0");
        }
        Process decode =
                ChildJvm.of(CtcDecodeCommand.class, List.of(), arguments.toArray(String[]::new))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Map<String, String> decoded =
                decode.inputReader()
                        .lines()
                        .map(line -> JsonParser.parseString(line).getAsJsonObject())
                        .filter(event -> event.get("event").getAsString().equals("utterance"))
                        .collect(
                                Collectors.toMap(
                                        event -> event.get("utt").getAsString(),
                                        event -> event.get("text").getAsString()));
        assertThat(decode.waitFor()).isZero();

        Map<String, String> evaluated =
                named(json(command("evaluate", "--json")), "transcript").stream()
                        .collect(
                                Collectors.toMap(
                                        event -> event.get("utt").getAsString(),
                                        event -> event.get("hypothesis").getAsString()));
        assertThat(decoded).isEqualTo(evaluated);
    }

    @Test
    @Order(4)
    void anExportedFolderDecodesAsTheModelsFolderSays() throws IOException {
        Path exported = folder.resolve("exported");
        json(command("export", "--json", exported.toString()));
        assertThat(Files.readAllLines(exported.resolve("serving.properties")))
                .contains("ctc.decoder=beam_search", "ctc.languageModel=language-model.arpa.gz")
                .anyMatch(line -> line.matches("ctc.alpha=[0-9.]+"));
        assertThat(exported.resolve("language-model.arpa.gz"))
                .hasSameBinaryContentAs(folder.resolve("model/lm.arpa.gz"));

        json(command("export", "--json", "--greedy", exported.toString()));
        assertThat(Files.readAllLines(exported.resolve("serving.properties")))
                .contains("ctc.decoder=greedy");
        assertThat(exported.resolve("language-model.arpa.gz")).doesNotExist();
    }

    @Test
    @Order(5)
    void transcribesAFileOfAnotherSampleRate() throws IOException {
        Utterance utterance = SyntheticCorpus.builder().build().train().get(0);
        Path file = folder.resolve("utterance.wav");
        write((Waveform) utterance.source().read(), file);
        List<JsonObject> lines = json(command("transcribe", "--json", "--times", file.toString()));
        assertThat(lines).hasSize(1);
        JsonObject line = lines.get(0);
        assertThat(line.get("text").getAsString()).isNotBlank();
        double end = 0;
        for (var segment : line.getAsJsonArray("segments")) {
            for (var token : segment.getAsJsonObject().getAsJsonArray("tokens")) {
                double start = token.getAsJsonObject().get("start").getAsDouble();
                assertThat(start).isGreaterThanOrEqualTo(end);
                end = token.getAsJsonObject().get("end").getAsDouble();
                assertThat(end).isGreaterThan(start);
            }
        }
        assertThat(end).isPositive();
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
        float[] samples = new float[2 * sound.samples().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = sound.samples()[i / 2];
        }
        WaveFile.write(new Waveform(samples, 2 * sound.sampleRate()), file);
    }
}
