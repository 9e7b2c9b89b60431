package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.spark.ServedFolders;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class TranscribeCommandTest {

    private static final int FILES = 9;

    @TempDir private static Path shared;

    private static Path model;
    private static Path sound;

    @TempDir Path folder;

    private Path out;

    @BeforeAll
    static void makeModelAndSound() throws IOException {
        model = ServedFolders.speech(shared);
        sound = Files.createDirectories(shared.resolve("sound/inner")).getParent();
        for (int i = 0; i < FILES; i++) {
            Path where = i % 2 == 0 ? sound : sound.resolve("inner");
            ServedFolders.noise(where.resolve("n" + i + ".wav"), 4000 + 1000 * i);
        }
        Files.write(sound.resolve("broken.wav"), new byte[100]);
        Files.createFile(sound.resolve("_empty broken[1].wav"));
        Files.writeString(sound.resolve("README.txt"), "no sound\n");
    }

    @BeforeEach
    void nameTheOutput() {
        out = folder.resolve("out");
    }

    private Outcome transcribe(Object... more) {
        List<Object> command =
                new ArrayList<>(
                        List.of(
                                "transcribe",
                                "--model",
                                model,
                                "--out",
                                out,
                                "--master=local[2]",
                                "--format=json",
                                "--partitions=3"));
        command.addAll(List.of(more));
        return SparkProgram.run(command);
    }

    @Test
    void filesOfAFolderAreTranscribedAndADamagedOneIsNamed() throws IOException {
        Outcome outcome = transcribe("--include=*.wav", sound);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Map<String, JsonObject> rows = SparkProgram.read(out, "path");
        assertThat(rows).hasSize(FILES + 2);
        rows.forEach(
                (path, row) ->
                        assertThat(row.get("error").isJsonNull())
                                .as(row.toString())
                                .isEqualTo(!path.contains("broken")));
        assertThat(outcome.out())
                .contains("files       11")
                .contains("failed      2")
                .contains("broken.wav: ");
    }

    @Test
    void aListHasItsOwnColumnsAndTrueTexts() throws IOException {
        Path list = shared.resolve("list.jsonl");
        Files.writeString(
                list,
                """
                {"audio_filepath": "sound/n0.wav", "text": "A B", "speaker": "x"}
                {"audio_filepath": "sound/n2.wav", "text": "C", "speaker": "y"}
                {"audio_filepath": "sound/none.wav", "text": "D E", "speaker": "y"}
                """);

        Outcome outcome = transcribe(list);

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Map<String, JsonObject> rows = SparkProgram.read(out, "path");
        assertThat(rows).hasSize(3);
        JsonObject missing = rows.get("file://" + sound.resolve("none.wav"));
        assertThat(missing).as(rows.keySet().toString()).isNotNull();
        assertThat(missing.get("error").getAsString()).contains("none.wav");
        assertThat(missing.get("reference").getAsString()).isEqualTo("D E");
        assertThat(missing.get("speaker").getAsString()).isEqualTo("y");
        assertThat(outcome.out()).containsPattern("words \\(WER\\) +\\d+ +5 ");
    }

    @Test
    void aRunThatEndedEarlyGoesOn() throws IOException {
        transcribe(sound.resolve("n0.wav"), sound.resolve("n2.wav"));
        Outcome again = transcribe(sound.resolve("n0.wav"), sound.resolve("n2.wav"));
        assertThat(again.exitCode()).isEqualTo(2);

        Outcome other = transcribe("--resume", sound.resolve("n0.wav"));
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("other inputs or options");

        Outcome resumed = transcribe("--resume", sound.resolve("n0.wav"), sound.resolve("n2.wav"));

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("files       2 (2 by an earlier run)");
        assertThat(SparkProgram.read(out, "path")).hasSize(2);
    }

    @Test
    void mistakesLeaveNoFolder() {
        assertThat(transcribe(folder.resolve("none")).exitCode()).isEqualTo(2);
        assertThat(transcribe("--include=*.mp3", sound).err())
                .contains("there are no files to transcribe");
        assertThat(transcribe("--lexicon", folder.resolve("none.txt"), sound).err())
                .contains("none.txt")
                .doesNotContain("\tat ");
        assertThat(out).doesNotExist();
    }
}
