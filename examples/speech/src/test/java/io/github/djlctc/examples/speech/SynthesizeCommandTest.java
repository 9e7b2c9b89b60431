package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class SynthesizeCommandTest {

    @TempDir Path folder;

    @Test
    void filesHoldWhatTrainingHears() throws Exception {
        assertThat(synthesize("3")).isZero();

        List<Utterance> utterances =
                SyntheticCorpus.builder().optTrainUtterances(3).build().samples(Split.TRAIN);
        List<String> lines = Files.readAllLines(folder.resolve("train.jsonl"));
        assertThat(lines).hasSize(3);
        for (int i = 0; i < lines.size(); i++) {
            JsonObject line = JsonParser.parseString(lines.get(i)).getAsJsonObject();
            Waveform heard = (Waveform) utterances.get(i).source().read();
            Waveform read =
                    AudioFiles.read(folder.resolve(line.get("audio_filepath").getAsString()));
            assertThat(line.get("text").getAsString()).isEqualTo(utterances.get(i).text());
            assertThat(line.get("duration").getAsDouble()).isEqualTo(heard.seconds());
            assertThat(read.sampleRate()).isEqualTo(heard.sampleRate());
            assertThat(read.samples()).isEqualTo(heard.samples());
        }
        assertThat(Files.readAllLines(folder.resolve("validation.jsonl"))).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("test.jsonl"))).isEmpty();
    }

    @Test
    void aNumberOutOfItsRangeIsWrongUsage() throws Exception {
        assertThat(synthesize("-1")).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    /** A run that ended early, here because there is a folder in the place of its last file. */
    @Test
    void resumesAfterTheUtterancesThatAreWritten() throws Exception {
        assertThat(synthesize("3")).isZero();
        Map<String, String> whole = contents();
        List<Path> sounds = sounds();
        for (String name : List.of("train", "validation", "test")) {
            Files.delete(folder.resolve(name + ".jsonl"));
        }
        Files.delete(sounds.get(3));
        Files.createDirectory(sounds.get(3));

        Outcome first = SpeechProgram.run(arguments("3"));

        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.err()).contains("the results of 3 utterances are kept in " + folder);
        assertThat(folder.resolve("train.jsonl")).doesNotExist();
        Files.delete(sounds.get(3));
        // What a crash of the machine may leave of a file.
        Files.write(sounds.get(1), Arrays.copyOf(Files.readAllBytes(sounds.get(1)), 1_000));
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(sounds.get(0), time);

        Outcome resumed = SpeechProgram.run(arguments("3", "--resume"));

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(Files.getLastModifiedTime(sounds.get(0))).isEqualTo(time);
        assertThat(contents()).isEqualTo(whole);
    }

    private List<Path> sounds() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
        }
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void whatAnotherRunWroteOverIsNotResumed() throws Exception {
        Path partial = folder.resolve("train.jsonl.0123abcd.partial");
        Files.writeString(partial, "{}\n");

        assertThat(synthesize("1")).isZero();

        assertThat(partial).doesNotExist();
    }

    private int synthesize(String utterances) {
        return SpeechProgram.run(arguments(utterances)).exitCode();
    }

    private Object[] arguments(String utterances, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("synthesize", folder));
        arguments.addAll(List.of("--utterances", utterances));
        arguments.addAll(List.of("--validation-utterances", 1, "--test-utterances", 0));
        arguments.addAll(List.of(more));
        return arguments.toArray();
    }
}
