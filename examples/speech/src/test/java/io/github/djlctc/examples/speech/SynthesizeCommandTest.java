package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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

    private int synthesize(String utterances) {
        return SpeechCommand.commandLine()
                .execute(
                        "synthesize",
                        folder.toString(),
                        "--utterances",
                        utterances,
                        "--validation-utterances",
                        "1",
                        "--test-utterances",
                        "0");
    }
}
