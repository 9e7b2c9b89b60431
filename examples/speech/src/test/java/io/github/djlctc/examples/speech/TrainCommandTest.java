package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.common.train.ModelFolderLock;
import io.github.djlctc.examples.speech.corpus.TestAudio;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.train.TinyCorpus;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code train} and {@code evaluate}. */
class TrainCommandTest {

    @TempDir Path folder;

    private Path model;
    private final List<Object> data = new ArrayList<>();

    @BeforeEach
    void writeCorpus() throws IOException {
        model = folder.resolve("model");
        data.addAll(TinyManifest.write(folder));
    }

    @Test
    void reportsJsonAndEvaluatesToTheSameErrors() throws IOException {
        Files.writeString(
                folder.resolve("train.jsonl"),
                "{\"utt\": \"nobody\", \"text\": \"AB\"}\n"
                        + Files.readString(folder.resolve("train.jsonl")));

        Outcome trained = train(3, "--json");

        assertThat(trained.err()).isEmpty();
        assertThat(trained.exitCode()).isZero();
        assertThat(trained.json().stream().map(o -> o.get("event").getAsString()).distinct())
                .containsExactly(
                        "start",
                        "audit",
                        "epoch",
                        "decoder",
                        "transcript",
                        "skipped",
                        "errors",
                        "end");
        JsonObject start = trained.events("start").get(0);
        assertThat(start.get("train").getAsInt()).isEqualTo(48);
        assertThat(start.get("test").getAsInt()).isEqualTo(8);
        assertThat(start.get("classes").getAsInt()).isEqualTo(6);
        assertThat(start.getAsJsonObject("model").getAsJsonObject("size").get("channels"))
                .hasToString("24");
        JsonObject audit = trained.events("audit").get(0);
        assertThat(audit.get("verdict").getAsString()).isEqualTo("USABLE_WITH_SKIPS");
        assertThat(audit.get("samples").getAsInt()).isEqualTo(63);
        assertThat(audit.get("usable").getAsInt()).isEqualTo(62);
        assertThat(Outcome.parse(Files.readString(model.resolve("audit.json"))).get("findings"))
                .isEqualTo(audit.get("findings"));
        assertThat(trained.events("epoch")).hasSize(3);
        assertThat(trained.events("transcript")).hasSize(8);
        assertThat(trained.events("skipped").get(0).get("reason").getAsString())
                .isEqualTo("features missing");
        assertThat(trained.events("end").get(0).get("model").getAsString())
                .isEqualTo(model.toString());
        assertThat(Files.readAllLines(model.resolve("test.jsonl"))).hasSize(8);
        assertThat(Files.readAllLines(model.resolve("epochs.jsonl"))).hasSize(3);
        assertThat(model.resolve("report.html"))
                .content()
                .contains("<h1>speech train: train.jsonl</h1>", "3 epochs, batches of")
                .contains("62 of 63 samples can be trained on")
                .contains("nobody", "features missing")
                .containsPattern(
                        "<dt>test, greedy</dt>\\s*<dd>WER \\d+\\.\\d\\d % \\(\\d of 8 words\\)")
                .containsPattern("(?s)(<article>.*){4}");

        Outcome evaluated = evaluate("test", "--json");

        assertThat(evaluated.exitCode()).isZero();
        assertThat(evaluated.events("transcript")).isEqualTo(trained.events("transcript"));
        JsonObject errors = trained.events("errors").get(0);
        assertThat(evaluated.events("errors")).isEqualTo(trained.events("errors"));
        Outcome alone =
                SpeechProgram.run(
                        "evaluate",
                        "--model",
                        model,
                        "--data=manifest",
                        "--test=" + folder.resolve("test.jsonl"),
                        "--test-features=" + folder.resolve("test.npz"),
                        "--json");
        assertThat(alone.out()).isEqualTo(evaluated.out());
        assertThat(errors.getAsJsonObject("words").get("referenceLength").getAsInt()).isEqualTo(8);
    }

    @Test
    void evaluatesOnTheDataOfTheTrainingUnlessToldOtherwise() throws IOException {
        train(1);

        for (String split : List.of("train", "validation", "test")) {
            Outcome all = evaluate(split, "--json");
            Object[] command = {"evaluate", "--model", model, "--split=" + split, "--json"};
            assertThat(SpeechProgram.run(command)).isEqualTo(all);
            Object[] kind = Arrays.copyOf(command, 6);
            kind[5] = "--data=Manifest";
            assertThat(SpeechProgram.run(kind)).isEqualTo(all);
        }
        // Not with the features of the other manifest.
        Path sound = Files.writeString(folder.resolve("sound.jsonl"), "{\"utt\": \"a\"}\n");
        assertThat(SpeechProgram.run("evaluate", "--model", model, "--test", sound).err())
                .contains("features without an archive");
        assertThat(SpeechProgram.run("evaluate", "--model", model, "--data=fsdd").err())
                .startsWith("speech: --data fsdd needs the option --folder");
        Files.writeString(model.resolve("options.json"), "?{");
        assertThat(SpeechProgram.run("evaluate", "--model", model).err())
                .startsWith("speech: " + model.resolve("options.json") + ": ");
    }

    @Test
    void reportsTables() {
        Outcome trained = train(2, "--on-divergence", "skip");

        assertThat(trained.exitCode()).isZero();
        assertThat(trained.out())
                .contains("train.jsonl: 48 training, 6 validation, 8 test utterances")
                .contains("audit     ready: 62 of 62 utterances can be trained on")
                .containsPattern("transcript needs: minimum \\d\\.\\d, median \\d\\.\\d")
                .contains("4 precomputed values with first and second differences")
                .contains("blank %  gradient norm")
                .containsPattern("(?m)^ +1 .*best$")
                .contains("blank plateau: normal in the first epochs")
                .containsPattern("words \\(WER\\) +\\d+ +8 ")
                .contains("speech transcribe --model " + model);

        Outcome evaluated = evaluate("validation");

        assertThat(evaluated.exitCode()).isZero();
        assertThat(evaluated.out()).containsPattern("words \\(WER\\) +\\d+ +6 ");
        assertThat(model.resolve("evaluation-validation.jsonl")).exists();
    }

    @Test
    void haltsWhenTrainingDiverges() {
        Outcome halted = train(1, "--json", "--weight-decay", "1e38");

        assertThat(halted.exitCode()).isEqualTo(1);
        assertThat(halted.err())
                .contains("speech: epoch 1, step ")
                .contains("not finite")
                .contains("--on-divergence skip")
                .doesNotContain("\tat ");
        assertThat(halted.events("epoch")).isEmpty();
    }

    /** Parameters that are not finite must not take the place of those that can be resumed. */
    @Test
    void keepsNoCheckpointOfADivergedModel() throws IOException {
        List<Object> line = new ArrayList<>(List.of("train", "--model", model, "--epochs=1"));
        line.addAll(data);
        line.addAll(List.of("--channels=4", "--state-size=4", "--layers=1", "--warm-up=1"));
        line.addAll(List.of("--weight-decay=1", "--learning-rate=3.3e38", "--checkpoint-every=1"));

        Outcome halted = SpeechProgram.run(line.toArray());

        assertThat(halted.exitCode()).isEqualTo(1);
        assertThat(halted.err())
                .contains("epoch 1, step 1: ", "first in the parameter", "Try a lower")
                .contains("For that, give another --model, or delete " + model);
        assertThat(latestCheckpoint()).hasFileName("checkpoint-0000000000.ckpt");
    }

    @Test
    void failsAtTheFirstUnusableUtteranceIfStrict() throws IOException {
        write("test", List.of(new Utterance("a", "A?", () -> TinyCorpus.features("AB", 1))));

        Outcome outcome = train(1, "--strict");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("speech: a: characters outside the alphabet: ");
        assertThat(outcome.err()).doesNotContain("\tat ");
    }

    @Test
    void saysWhyASplitIsOfNoUse() throws IOException {
        write("test", List.of(new Utterance("a", "A?", () -> TinyCorpus.features("AB", 1))));

        Outcome outcome = train(1);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .startsWith("speech: none of the 1 test utterances can be used: skipped 1: char");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2})
    void resumesWhereItStopped(double consistency) throws IOException {
        Outcome whole =
                train(3, "--json", "--checkpoint-every", "2", "--consistency=" + consistency);
        Path last = latestCheckpoint();
        byte[] expected = Files.readAllBytes(last);
        // As if it had been killed in the last epoch, after its second batch.
        Files.delete(last);

        Outcome again = train(3, "--json");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .startsWith(
                        "speech: "
                                + model
                                + " holds a run that was interrupted in epoch 3: go on with");

        Outcome resumed = SpeechProgram.run("train", "--model", model, "--resume", "--json");

        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.events("resume").get(0).get("epoch").getAsInt()).isEqualTo(3);
        assertThat(resumed.events("resume").get(0).get("batch").getAsInt()).isEqualTo(3);
        assertThat(resumed.events("transcript")).isEqualTo(whole.events("transcript"));
        assertThat(resumed.events("errors")).isEqualTo(whole.events("errors"));
        assertThat(resumed.events("epoch")).hasSize(1);
        JsonObject epoch = resumed.events("epoch").get(0);
        JsonObject original = whole.events("epoch").get(2);
        for (String figure :
                List.of("loss", "validationLoss", "cer", "gradientNorm", "consistency", "best")) {
            assertThat(epoch.get(figure)).as(figure).isEqualTo(original.get(figure));
        }
        assertThat(latestCheckpoint()).isEqualTo(last).hasBinaryContent(expected);
    }

    @Test
    void aManifestIsTrainedOnInTwoViewsWhereTheyCanDiffer() throws IOException {
        assertThat(consistency(train(1, "--json"))).isEqualTo(0.2);
        byte[] expected = Files.readAllBytes(model.resolve("speech-0000.params"));
        assertThat(consistency(train(1, "--json", "--consistency", "0.2"))).isEqualTo(0.2);
        assertThat(model.resolve("speech-0000.params")).hasBinaryContent(expected);
        assertThat(model.resolve("options.json")).content().contains("\"--consistency\":[\"0.2\"]");

        assertThat(consistency(train(1, "--json", "--consistency", "0"))).isZero();
        assertThat(Files.readAllBytes(model.resolve("speech-0000.params"))).isNotEqualTo(expected);
        assertThat(consistency(train(1, "--json", "--no-augmentation"))).isZero();
        assertThat(consistency(train(1, 2, "--json", "--intermediate", "0.3"))).isZero();
    }

    private static double consistency(Outcome outcome) {
        assertThat(outcome.err()).isEmpty();
        JsonElement weight = outcome.events("start").get(0).get("consistency");
        return weight == null ? 0 : weight.getAsDouble();
    }

    @Test
    void takesNoMeanOfOtherEpochsThanTheBest() throws IOException {
        train(3, "--mean-of-best=2", "--keep-best=2");
        try (Stream<Path> files = Files.list(model.resolve("checkpoints"))) {
            // Besides the best, the latest two are kept: the oldest is one of the best.
            Files.delete(files.sorted().findFirst().orElseThrow());
        }

        Outcome resumed = SpeechProgram.run("train", "--model", model, "--resume");

        assertThat(resumed.exitCode()).isEqualTo(2);
        assertThat(resumed.err())
                .contains(
                        "the mean of the best 2 epochs cannot be taken: the checkpoints of epochs [",
                        "are missing or damaged in " + model.resolve("checkpoints"));
        Outcome without =
                SpeechProgram.run("train", "--model", model, "--resume", "--mean-of-best=0");
        assertThat(without.err()).isEmpty();
        assertThat(without.out()).doesNotContain("resumes").contains("test, greedy");
    }

    @Test
    void resumesTheAverageAndTheMean() throws IOException {
        String[] options = {"--json", "--average=0.9", "--mean-of-best=2", "--checkpoint-every=2"};
        Outcome whole = train(3, options);
        Path last = latestCheckpoint();
        byte[] expected = Files.readAllBytes(last);
        byte[] parameters = Files.readAllBytes(model.resolve("speech-0000.params"));
        Files.delete(last);

        Outcome resumed = SpeechProgram.run("train", "--model", model, "--resume", "--json");

        assertThat(whole.events("start").get(0).get("average").getAsDouble()).isEqualTo(0.9);
        assertThat(whole.events("epoch").get(1).get("average").getAsDouble()).isEqualTo(0.9);
        assertThat(whole.events("mean")).hasSize(1);
        assertThat(whole.events("mean").get(0).get("epochs").getAsInt()).isEqualTo(2);
        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.events("epoch")).hasSize(1);
        for (String event : List.of("mean", "transcript", "errors")) {
            assertThat(resumed.events(event)).isEqualTo(whole.events(event));
        }
        assertThat(latestCheckpoint()).isEqualTo(last).hasBinaryContent(expected);
        assertThat(model.resolve("speech-0000.params")).hasBinaryContent(parameters);
        assertThat(model.resolve("options.json"))
                .content()
                .contains("\"--average\":[\"0.9\"]", "\"--mean-of-best\":[\"2\"]");
        assertThat(model.resolve("report.html"))
                .content()
                .contains("moving average of decay 0.9, mean of the best 2 epochs")
                .contains("validation, mean of the best 2 epochs");
        Outcome other = SpeechProgram.run("train", "--model", model, "--resume", "--average=0.99");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).startsWith("speech: --average 0.99 contradicts the run in ");
    }

    @Test
    void resumesARunWithHeadsBetweenLayers() throws IOException {
        Outcome whole =
                train(
                        3,
                        2,
                        "--json",
                        "--checkpoint-every=2",
                        "--intermediate=0.3",
                        "--self-conditioning");
        assertThat(whole.err()).isEmpty();
        JsonObject heads =
                whole.events("start")
                        .get(0)
                        .getAsJsonObject("model")
                        .getAsJsonObject("intermediate");
        assertThat(heads.get("weight").getAsDouble()).isEqualTo(0.3);
        assertThat(heads.get("conditioning").getAsString()).isEqualTo("SELF");
        Path last = latestCheckpoint();
        byte[] expected = Files.readAllBytes(last);
        byte[] parameters = Files.readAllBytes(model.resolve("speech-0000.params"));
        Files.delete(last);

        Object[] resume = {"train", "--model", model, "--resume", "--json"};
        Outcome other =
                SpeechProgram.run(
                        Stream.concat(Stream.of(resume), Stream.of("--intermediate=0.4"))
                                .toArray());
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("--intermediate");
        Outcome resumed = SpeechProgram.run(resume);

        assertThat(resumed.err()).isEmpty();
        assertThat(resumed.events("errors")).isEqualTo(whole.events("errors"));
        assertThat(latestCheckpoint()).isEqualTo(last).hasBinaryContent(expected);
        assertThat(model.resolve("speech-0000.params")).hasBinaryContent(parameters);
    }

    @Test
    void aFinishedRunIsTestedAgainOrReplaced() throws IOException {
        Outcome first = train(1, "--json");
        Outcome resumed = SpeechProgram.run("train", "--model", model, "--resume", "--json");
        assertThat(resumed.events("epoch")).isEmpty();
        assertThat(resumed.events("errors")).isEqualTo(first.events("errors"));
        assertThat(resumed.events("decoder")).isEqualTo(first.events("decoder"));

        assertThat(train(2).exitCode()).isZero();
    }

    @Test
    void stopsIfAnotherRunTrainsInTheFolder() throws Exception {
        try (ModelFolderLock lock = ModelFolderLock.acquire(model)) {
            assertThat(lock.takeover()).isEmpty();
            for (Outcome second :
                    List.of(train(1), SpeechProgram.run("train", "--resume", "--model", model))) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.err())
                        .startsWith("speech: another run, process " + ProcessHandle.current().pid())
                        .contains("trains in " + model, "choose another --model")
                        .doesNotContain("\tat ");
                assertThat(second.out()).isEmpty();
            }
            assertThat(model.resolve("checkpoints")).doesNotExist();
        }

        assertThat(train(1).exitCode()).isZero();
        assertThat(model.resolve("train.lock")).doesNotExist();
    }

    /** It was killed while it was tuned or tested: all epochs would be lost. */
    @Test
    void aRunThatWasNotTestedIsNotOverwritten() throws IOException {
        train(1);
        Files.delete(model.resolve("report.html"));

        Outcome again = train(1);

        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .contains("holds a run that was stopped before it was tested")
                .contains("go on with --resume");
        assertThat(SpeechProgram.run("train", "--model", model, "--resume").exitCode()).isZero();
        assertThat(model.resolve("report.html")).exists();
    }

    @Test
    void takesOverTheLockOfARunThatCrashed() throws IOException {
        Files.createDirectories(model);
        Files.writeString(model.resolve("train.lock"), "process 7 on host elsewhere\n");

        Outcome outcome = train(1);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .startsWith("speech: took over " + model.resolve("train.lock"))
                .contains("of process 7 on host elsewhere, which has ended");
    }

    @Test
    void refusesOptionsThatContradictTheRun() throws IOException {
        train(1);
        Object[] command = {"train", "--model", model, "--resume", "--clip=3", "--epochs=1"};
        assertThat(SpeechProgram.run(command).exitCode()).isZero();

        command[4] = "--clip=5";
        Outcome unlikeDefault = SpeechProgram.run(command);
        assertThat(unlikeDefault.exitCode()).isEqualTo(2);
        assertThat(unlikeDefault.err())
                .startsWith("speech: --clip 5 contradicts the run in " + model)
                .contains("started with its default: leave the option out");

        command[4] = "--patience=3";
        assertThat(SpeechProgram.run(command).err())
                .startsWith("speech: --patience 3 contradicts the run in " + model)
                .contains("started with 12: leave the option out");

        command[4] = "--channels=8";
        assertThat(SpeechProgram.run(command).err())
                .startsWith("speech: --channels 8 contradicts")
                .contains("24");
    }

    /** A device of Linux that is always full stands for the disk. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskNamesTheFileAndHowToGoOn() throws IOException {
        Path saved = Files.createDirectories(model.resolve(".saving")).resolve("model.json");
        Files.createSymbolicLink(saved, Path.of("/dev/full"));

        Outcome full = train(2, "--json");

        assertThat(full.exitCode()).isEqualTo(1);
        assertThat(full.err())
                .isEqualToIgnoringNewLines(
                        "speech: cannot write "
                                + saved
                                + ": No space left on device; when it can be written, go on with"
                                + " speech train --resume --model "
                                + model);
        Files.delete(saved);
        Outcome resumed = SpeechProgram.run("train", "--model", model, "--resume", "--json");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.events("epoch")).hasSize(2);
    }

    @Test
    void refusesToResumeNothingOtherDataAndDamage() throws IOException {
        Outcome nothing = SpeechProgram.run("train", "--model", model, "--resume");
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).startsWith("speech: there is nothing to resume in " + model);
        assertThat(model).doesNotExist();

        train(1);
        write("train", TinyCorpus.corpus().train().subList(0, 40));
        Outcome other = SpeechProgram.run("train", "--model", model, "--resume");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("samples were 48 with", "and now are 40 with");

        Files.write(latestCheckpoint(), new byte[100]);
        Outcome damaged = SpeechProgram.run("train", "--model", model, "--resume");
        assertThat(damaged.exitCode()).isEqualTo(2);
        assertThat(damaged.err()).contains(latestCheckpoint().toString());
    }

    private Path latestCheckpoint() throws IOException {
        try (Stream<Path> files = Files.list(model.resolve("checkpoints"))) {
            return files.max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--checkpoint-every 0 | batches between checkpoints: 0 is out of range",
                "--keep-best -1     | checkpoints of best epochs: -1 is out of range",
                "--mels 30          | --mels has no meaning for precomputed features",
                "--sample-rate 8000 | --sample-rate has no meaning for precomputed features",
                "--frame-seconds 0  | values per frame every 0.0 s",
                "--layers 0         | layers 0 is not from 1 to 100",
                "--intermediate 0   | the weight of the intermediate loss, 0.0, is not above 0 and"
                        + " below 1",
                "--intermediate 0.3 --layers 1 | intermediate heads are between LSTM layers, but"
                        + " the model has 1; 2 or more expected",
                "--intermediate 0.3 --streaming | cannot be used together with --streaming",
                "--intermediate 0.3 --consistency 0.2 | cannot be used together with --consistency",
                "--self-conditioning | --self-conditioning has no meaning without --intermediate",
                "--no-augmentation --cepstra | --cepstra has no meaning without augmentation",
                "--no-augmentation --consistency 0.2 | --consistency has no meaning without aug",
                "--consistency -0.1 | weight of the consistency: -0.1 is out of range, 0 to 100",
                "--dropout 1        | dropout 1.0",
                "--patience 0       | patience: 0 is out of range",
                "--average 0        | decay of the average: 0.0 is out of range, above 0 and below 1",
                "--average -0.1     | decay of the average: -0.1 is out of range",
                "--mean-of-best 1   | mean of best epochs: 1 is out of range, 2 or more expected",
            })
    void explainsOptionsThatDoNotSuitTheData(String option, String message) {
        List<Object> line = new ArrayList<>(List.of("train", "--model", model));
        line.addAll(data);
        line.addAll(Arrays.asList((Object[]) option.split(" ")));

        Outcome outcome = SpeechProgram.run(line.toArray());

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines().findFirst().orElseThrow()).contains(message);
        assertThat(outcome.err())
                .contains("(speech train --help shows the options)")
                .doesNotContain("\tat ");
        assertThat(model).doesNotExist();
    }

    @Test
    void explainsOptionsThatDoNotSuitSound() throws IOException {
        TestAudio.writeWav(folder.resolve("a.wav"));
        TestAudio.writeWav(folder.resolve("b.wav"));
        TestAudio.writeWav(folder.resolve("c.wav"));
        String line = "{\"audio_filepath\": \"%s.wav\", \"text\": \"A\"}\n";
        Path train = folder.resolve("sound.jsonl");
        Files.writeString(train, line.formatted("a") + line.formatted("b"));
        Path test = folder.resolve("sound-test.jsonl");
        Files.writeString(test, line.formatted("c"));
        Object[] command = {"train", "--data", "manifest", "--train", train, "--test", test};

        for (String option : List.of("--cepstra", "--mels=200", "--sample-rate=7")) {
            Object[] extended = Arrays.copyOf(command, command.length + 1);
            extended[command.length] = option;

            Outcome outcome = SpeechProgram.run(extended);

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err().lines().findFirst().orElseThrow())
                    .containsAnyOf(
                            "--cepstra has no meaning for sound",
                            "200 mel filters are too many",
                            "sample rate 7 Hz");
        }
    }

    @Test
    void namesAModelThatIsMissing() {
        Outcome outcome = evaluate("test");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith("speech: no usable model in " + model);
    }

    private Outcome train(int epochs, String... options) {
        return train(epochs, 1, options);
    }

    private Outcome train(int epochs, int layers, String... options) {
        List<Object> line = new ArrayList<>(List.of("train", "--model", model));
        line.addAll(List.of("--channels", 24, "--state-size", 16, "--layers", layers));
        line.addAll(List.of("--epochs", epochs, "--learning-rate", 0.02, "--warm-up", 4));
        line.addAll(List.of("--batch-size", 16));
        line.addAll(data);
        line.addAll(List.of((Object[]) options));
        return SpeechProgram.run(line.toArray());
    }

    private Outcome evaluate(String split, String... options) {
        List<Object> line =
                new ArrayList<>(List.of("evaluate", "--model", model, "--split", split));
        line.addAll(data);
        line.addAll(List.of((Object[]) options));
        return SpeechProgram.run(line.toArray());
    }

    private void write(String split, List<Utterance> utterances) throws IOException {
        FeatureManifest.write(folder, split, utterances);
    }
}
