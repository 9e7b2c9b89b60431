package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class SpeechCommandTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                | Missing required subcommand",
                "fly                             | 'fly'",
                "train --altitude 3              | Unknown options: '--altitude'",
                "train --data radio              | '--data': expected one of [SYNTHETIC, FSDD,",
                "train --data fsdd               | --data fsdd needs the option --folder",
                "train --data librispeech        | --data librispeech needs the option --folder",
                "train --data commonvoice        | --data commonvoice needs the option --folder",
                "train --data tedlium            | --data tedlium needs the option --folder",
                "train --data voxforge           | --data voxforge needs the option --folder",
                "train --data voxforge --folder a --test-split b | --test-split has no meaning for",
                "train --data manifest           | --data manifest needs the option --train",
                "train --data manifest --train a | --data manifest needs the option --test",
                "train --folder a                | --folder has no meaning for --data synthetic",
                "train --data fsdd --train a     | --train has no meaning for --data fsdd",
                "train --utterances 0            | --utterances must be from 1 to 100000, but is 0",
                "train --epochs 0                | epochs: 0 is out of range",
                "train --epochs many             | '--epochs': 'many' is not an int",
                "train --batch-size -1           | batch size: -1 is out of range",
                "train --learning-rate NaN       | learning rate: NaN is out of range",
                "train --threads 0               | --threads must be from 1 to 1024, but is 0",
                "evaluate --split dinner         | '--split': expected one of [TRAIN,",
                "transcribe                      | Missing required parameter: 'FILE'",
                "transcribe --threads x a.wav    | '--threads': 'x' is not an int",
            })
    void explainsWrongUsage(String line, String message) {
        Outcome outcome =
                SpeechProgram.run(line == null ? new Object[0] : (Object[]) line.split(" +"));

        outcome.assertWrongUsage("speech", message);
    }

    @Test
    void rejectsOptionsWithoutMeaning() {
        Path manifest = folder.resolve("a.jsonl");

        Outcome archive =
                SpeechProgram.run(
                        "train",
                        "--data",
                        "manifest",
                        "--train",
                        manifest,
                        "--test",
                        manifest,
                        "--validation-features",
                        "v.npz");
        Outcome single =
                SpeechProgram.run(
                        "train",
                        "--data",
                        "fsdd",
                        "--folder",
                        folder,
                        "--digits",
                        "single",
                        "--utterances",
                        5);

        assertThat(archive.exitCode()).isEqualTo(2);
        assertThat(archive.err())
                .startsWith("speech: --data manifest needs the option --validation");
        assertThat(single.exitCode()).isEqualTo(2);
        assertThat(single.err())
                .startsWith("speech: --utterances has no meaning for --digits single");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "evaluate"})
    void namesAManifestThatIsNotThere(String command) {
        Path none = folder.resolve("none.jsonl");

        Outcome outcome =
                SpeechProgram.run(command, "--data", "manifest", "--train", none, "--test", none);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualToIgnoringNewLines("speech: no such file or folder: " + none);
    }

    @Test
    void namesAFolderWithoutAModel() throws IOException {
        Path none = folder.resolve("none");
        Path file = Files.createFile(folder.resolve("a.wav"));

        Outcome outcome = SpeechProgram.run("transcribe", "--model", none, file);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("speech: no usable model in " + none);
        assertThat(outcome.err()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "train --help",
                "evaluate --help",
                "transcribe --help",
                "export --help"
            })
    void printsHelp(String line) {
        Outcome outcome = SpeechProgram.run((Object[]) line.split(" "));

        outcome.assertHelp("speech");
    }
}
