package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Texts of a small language, and noisy logits that spell them. */
class DecoderTuningTest {

    private static final Alphabet ALPHABET = Alphabet.ofCharacters(" ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static final List<String> ROOMS = List.of("KITCHEN", "GARDEN", "CELLAR", "ATTIC");
    private static final List<String> THINGS = List.of("LIGHT", "FAN", "RADIO", "HEATER");

    @TempDir Path folder;

    private static List<String> sentences(int count, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                "TURN THE %s %s %s"
                                        .formatted(
                                                ROOMS.get(random.nextInt(4)),
                                                THINGS.get(random.nextInt(4)),
                                                random.nextBoolean() ? "ON" : "OFF"))
                .toList();
    }

    /** Emits each character for a frame, with a blank behind it and noise on all. */
    private static EmittedSamples emitted(Alphabet alphabet, List<String> texts, double noise) {
        EmittedSamples samples = new EmittedSamples(alphabet);
        Random random = new Random(7);
        for (String text : texts) {
            int[] ids = alphabet.encode(text);
            float[] logits = new float[2 * ids.length * alphabet.size()];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) (noise * random.nextGaussian());
            }
            for (int i = 0; i < ids.length; i++) {
                logits[2 * i * alphabet.size() + ids[i]] += 6;
                logits[(2 * i + 1) * alphabet.size() + alphabet.blank()] += 12;
            }
            samples.add(text, logits);
        }
        return samples;
    }

    private TunedDecoder tune(
            Alphabet alphabet, List<String> training, List<String> more, EmittedSamples validation)
            throws IOException {
        return DecoderTuning.run(folder, new GreedyDecoder(alphabet), training, more, validation);
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    @Test
    void aNoisyModelIsDecodedByWhatItsTrainingTextsSay() throws IOException {
        EmittedSamples validation = emitted(ALPHABET, sentences(40, 2), 2.2);

        TunedDecoder tuned = tune(ALPHABET, sentences(200, 1), List.of(), validation);

        assertThat(tuned.choice()).isEqualTo(TunedDecoder.Choice.SEARCH);
        assertThat(tuned.samples()).isEqualTo(40);
        assertThat(tuned.ofGreedy().words().rate()).isGreaterThan(0.1);
        assertThat(tuned.ofSearch().orElseThrow().words().rate()).isLessThan(0.02);
        // The decoder that is read from the folder is the one that was measured.
        FolderDecoder saved = FolderDecoder.read(folder);
        ModelDecoder decoder =
                ModelDecoder.search(
                        saved.name(),
                        new GreedyDecoder(ALPHABET),
                        saved.load(ALPHABET),
                        saved::applyWeights);
        EmittedSamples others = emitted(ALPHABET, sentences(40, 3), 2.2);
        assertThat(others.errors(decoder.decoder()))
                .isEqualTo(others.errors(tuned.search().orElseThrow().decoder()));
        assertThat(others.errors(decoder.decoder()).words().rate()).isLessThan(0.02);
    }

    @Test
    void theSameDataEndWithTheSameFiles() throws IOException {
        EmittedSamples validation = emitted(ALPHABET, sentences(12, 2), 2.2);
        TunedDecoder first = tune(ALPHABET, sentences(50, 1), List.of("SHED"), validation);
        Map<String, byte[]> files = files();

        TunedDecoder second = tune(ALPHABET, sentences(50, 1), List.of("SHED"), validation);

        assertThat(second.description()).isEqualTo(first.description());
        assertThat(files()).containsOnlyKeys(files.keySet());
        files.forEach((name, bytes) -> assertThat(folder.resolve(name)).hasBinaryContent(bytes));
        assertThat(files).containsKeys("decoder.json", "lm.arpa.gz", "lexicon.txt");
        assertThat(Files.readAllLines(folder.resolve("lexicon.txt")))
                .contains("SHED", "KITCHEN", "TURN")
                .isSorted();
    }

    @Test
    void wordsThatTheTrainingLacksAreNotForbidden() throws IOException {
        List<String> training = sentences(100, 1);
        List<String> spoken = new ArrayList<>();
        for (String text : sentences(30, 2)) {
            spoken.add(text.replace("GARDEN", "SHOWER").replace("FAN", "PIPE"));
        }
        TunedDecoder tuned = tune(ALPHABET, training, List.of(), emitted(ALPHABET, spoken, 0.5));

        assertThat(FolderDecoder.read(folder).name()).doesNotContain("lexicon");
        assertThat(tuned.search()).isPresent();
    }

    @Test
    void whereWordsCannotBeLearntThereIsNoLanguageModel() throws IOException {
        Files.writeString(folder.resolve("lm.arpa.gz"), "of an earlier training");
        EmittedSamples validation = emitted(ALPHABET, List.of("A", ""), 0);

        for (List<String> texts :
                List.of(
                        List.<String>of(),
                        List.of("", " "),
                        List.of("ONE", "ONE"),
                        List.of("1 2", "3"))) {
            TunedDecoder tuned = tune(ALPHABET, texts, List.of(), validation);
            assertThat(tuned.choice()).isEqualTo(TunedDecoder.Choice.GREEDY);
            assertThat(tuned.description()).contains("no two words");
        }
        assertThat(files()).containsOnlyKeys("decoder.json");
        assertThat(FolderDecoder.read(folder).isGreedy()).isTrue();
    }

    @Test
    void stringsThatNeverComeAgainAreNotLearnt() throws IOException {
        TunedDecoder tuned =
                tune(
                        ALPHABET,
                        List.of("ABC", "BCD", "CDE"),
                        List.of(),
                        emitted(ALPHABET, List.of("XYZ", "YZX", "ABC"), 0));

        assertThat(tuned.description())
                .isEqualTo("the training set has 33 % of the words of the validation set");
        assertThat(files()).containsOnlyKeys("decoder.json");
    }

    @Test
    void wordsThatAreReservedDoNotFailAFinishedTraining() throws IOException {
        Alphabet marks = Alphabet.ofCharacters(" <s>/AB");
        TunedDecoder tuned =
                tune(
                        marks,
                        List.of("A <s> B", "B A"),
                        List.of(),
                        emitted(marks, List.of("A B"), 0));

        assertThat(tuned.choice()).isEqualTo(TunedDecoder.Choice.GREEDY);
        assertThat(tuned.description()).startsWith("no language model of the transcripts: ");
        assertThat(files()).containsOnlyKeys("decoder.json");
    }

    @Test
    void scriptsWithoutSpacesAreLearntByTheirCharacters() throws IOException {
        Alphabet han = Alphabet.ofCharacters("今天明气很好不冷热");
        List<String> training = List.of("今天天气很好", "明天不冷", "今天很热", "明天天气很好", "今天不热");
        TunedDecoder tuned =
                tune(han, training, List.of(), emitted(han, List.of("今天天气很好", "明天不热"), 1.5));

        assertThat(tuned.search()).isPresent();
        assertThat(folder.resolve("lm.arpa.gz")).exists();
        assertThat(folder.resolve("lexicon.txt")).doesNotExist();
        assertThat(tuned.search().orElseThrow().name()).isEqualTo("with lm.arpa.gz");
    }
}
