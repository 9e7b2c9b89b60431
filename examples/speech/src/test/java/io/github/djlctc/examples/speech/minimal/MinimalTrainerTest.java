package io.github.djlctc.examples.speech.minimal;

import ai.djl.engine.Engine;

import io.github.djlctc.examples.speech.audio.WaveFile;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The trainer of one file does what docs/guide/training.md says. */
class MinimalTrainerTest {

    private static final Path SOURCE =
            Path.of("src/main/java/io/github/djlctc/examples/speech/minimal/MinimalTrainer.java");

    @TempDir Path folder;

    @Test
    void itIsOnePageAndUsesNothingOfTheExamples() throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);

        assertThat(lines).hasSizeLessThanOrEqualTo(150);
        assertThat(lines).filteredOn(line -> line.contains("djlctc.examples")).hasSize(1);
    }

    @Test
    void itLearnsItsUtterancesAndALanguageModel() throws Exception {
        Path manifest = writeUtterances(5);
        Path model = folder.resolve("model");
        Engine.getInstance().setRandomSeed(1);

        String out = run(manifest.toString(), manifest.toString(), "180", model.toString());

        double greedy = rate(out, "GreedyDecoder");
        assertThat(greedy).isLessThanOrEqualTo(0.3);
        assertThat(rate(out, "BeamSearchDecoder")).isLessThanOrEqualTo(greedy);
        assertThat(model).isDirectoryContaining(file -> file.endsWith("lm.arpa"));
        assertThat(model).isDirectoryContaining(file -> file.toString().endsWith(".params"));
    }

    private Path writeUtterances(int count) throws IOException {
        StringBuilder manifest = new StringBuilder();
        for (Utterance utterance :
                SyntheticCorpus.builder().optTrainUtterances(count).build().train()) {
            Waveform sound = (Waveform) utterance.source().read();
            WaveFile.write(sound, folder.resolve(utterance.id() + ".wav"));
            manifest.append(
                    String.format(
                            Locale.ROOT,
                            "{\"audio_filepath\": \"%s.wav\", \"text\": \"%s\", \"duration\": %s}%n",
                            utterance.id(),
                            utterance.text(),
                            sound.seconds()));
        }
        return Files.writeString(folder.resolve("train.jsonl"), manifest);
    }

    private static String run(String... arguments) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            MinimalTrainer.main(arguments);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static double rate(String out, String decoder) {
        Matcher matcher = Pattern.compile(decoder + ": WER ([0-9.E-]+)").matcher(out);
        assertThat(matcher.find()).as(out).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
