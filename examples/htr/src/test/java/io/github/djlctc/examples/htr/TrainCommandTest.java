package io.github.djlctc.examples.htr;

import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.text.Alphabet;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code train}, {@code evaluate} and {@code audit} on a manifest. */
class TrainCommandTest {

    private static final String[] TINY = {
        "--height",
        "16",
        "--channels",
        "6",
        "--state-size",
        "12",
        "--layers",
        "2",
        "--dropout",
        "0",
        "--batch-size",
        "4",
        "--learning-rate",
        "0.01",
        "--warm-up",
        "10",
        "--no-augmentation",
        "--threads",
        "1"
    };

    @TempDir Path folder;

    private Path model;
    private final List<Object> data = new ArrayList<>();

    @BeforeEach
    void writeCorpus() throws IOException {
        model = folder.resolve("model");
        data.addAll(List.of("--data", "manifest", "--strict"));
        data.addAll(List.of("--train", SymbolLines.writeManifest(folder, "train", 48, 1)));
        data.addAll(List.of("--validation", SymbolLines.writeManifest(folder, "val", 6, 2)));
        data.addAll(List.of("--test", SymbolLines.writeManifest(folder, "test", 10, 3)));
    }

    @Test
    void learnsToReadAndEvaluatesToTheSameErrors() throws IOException {
        Outcome trained = train("--epochs", 14, "--ctc-shortcut", "0.1", "--json");

        assertThat(trained.err()).isEmpty();
        assertThat(trained.exitCode()).isZero();
        JsonObject start = trained.events("start").get(0);
        assertThat(start.get("device").getAsString()).isIn("cpu", "gpu(0)");
        assertThat(start.get("train").getAsInt()).isEqualTo(48);
        assertThat(start.get("classes").getAsInt()).isEqualTo(5);
        assertThat(start.getAsJsonObject("model").get("shortcutWeight").getAsFloat())
                .isEqualTo(0.1f);
        JsonObject errors = trained.events("errors").get(0);
        assertThat(errors.get("decoding").getAsString()).isEqualTo("greedy");
        assertThat(errors.getAsJsonObject("characters").get("rate").getAsDouble()).isLessThan(0.1);

        Path ofTraining = Files.writeString(model.resolve("test.jsonl"), "of the training");
        Outcome evaluated = evaluate("--json");

        assertThat(evaluated.exitCode()).isZero();
        assertThat(evaluated.events("transcript")).isEqualTo(trained.events("transcript"));
        assertThat(evaluated.events("errors")).containsExactly(errors);
        assertThat(Files.readAllLines(model.resolve("evaluation-test.jsonl"))).hasSize(10);
        assertThat(ofTraining).hasContent("of the training");
        Outcome alone =
                HtrProgram.run(
                        "evaluate",
                        "--model",
                        model,
                        "--data=manifest",
                        "--test=" + folder.resolve("test.jsonl"),
                        "--json");
        assertThat(alone.out()).isEqualTo(evaluated.out());

        Path image = SymbolLines.write("IO-O", folder.resolve("new.png"));
        Outcome read = HtrProgram.run("read", "--model", model, image);
        assertThat(read.out()).isEqualToIgnoringNewLines(image + "\tIO-O");

        Path lexicon = Files.writeString(folder.resolve("words.txt"), "OO\nOO-O\n");
        Outcome searched = evaluate("--json", "--lexicon", lexicon, "--beam", "20");
        assertThat(searched.events("errors"))
                .extracting(event -> event.get("decoding").getAsString())
                .containsExactly("greedy", "beam search");
        assertThat(searched.events("transcript"))
                .extracting(event -> event.get("hypothesis").getAsString())
                .isSubsetOf("", "OO", "OO-O", "OO OO", "OO OO OO");
        assertThat(Files.readAllLines(model.resolve("evaluation-test-2.jsonl"))).hasSize(10);

        Path prior = folder.resolve("prior.txt");
        Alphabet alphabet = Alphabet.read(model.resolve("alphabet.txt"));
        LabelPrior.estimate(alphabet, List.of(new float[5])).write(prior);
        Object[] plain = {"read", "--model", model, "--lexicon", lexicon, image};
        Object[] withPrior = Stream.concat(Stream.of(plain), Stream.of("--prior", prior)).toArray();
        Outcome even = HtrProgram.run(withPrior);
        assertThat(even.exitCode()).as(even.err()).isZero();
        assertThat(even.out()).isEqualTo(HtrProgram.run(plain).out());
        Files.writeString(prior, Files.readString(prior).replace("\tblank 0", "\tblank 1"));
        Outcome other = HtrProgram.run(withPrior);
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("--prior " + prior + ": the blank of the label prior");
    }

    @Test
    void reportsTables() {
        Outcome trained = train("--epochs", 1);

        assertThat(trained.exitCode()).isZero();
        assertThat(trained.out())
                .contains("train.jsonl: 48 training, 6 validation, 10 test lines")
                .contains("images    lines of 16 pixels in height")
                .contains("4 convolutions of 6 to 36 channels (1 frame of 4 columns)")
                .contains("64 of 64 lines can be trained on")
                .contains("test, greedy")
                .contains("htr read --model " + model);
    }

    @Test
    void resumesWithTheSameResult() throws IOException {
        Path whole = folder.resolve("whole");
        assertThat(outcome("train", whole, "--epochs", 2, "--checkpoint-every", 5).exitCode())
                .isZero();
        train("--epochs", 2, "--checkpoint-every", 5);
        Path checkpoints = model.resolve("checkpoints");
        // The last checkpoint says that the run is finished; without it, it was interrupted.
        try (var files = Files.list(checkpoints)) {
            Path last = files.sorted().reduce((a, b) -> b).orElseThrow();
            Files.delete(last);
        }

        Outcome resumed = HtrProgram.run("train", "--resume", "--model", model);

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(Files.readAllBytes(model.resolve("htr-0000.params")))
                .isEqualTo(Files.readAllBytes(whole.resolve("htr-0000.params")));
    }

    @Test
    void resumesByIdentityOfTheDataNotByTheSpellingOfItsPath() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        data.replaceAll(value -> value instanceof Path path ? here.relativize(path) : value);
        assertThat(train("--epochs", 1).exitCode()).isZero();

        Outcome resumed = HtrProgram.run("train", "--resume", "--model", model);

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        for (Path spelling : List.of(folder, here.relativize(folder), link)) {
            Path train = spelling.resolve("train.jsonl");
            Outcome again = HtrProgram.run("train", "--resume", "--model", model, "--train", train);
            assertThat(again.exitCode()).as(again.err()).isZero();
        }
        Path other = folder.resolve("test.jsonl");
        Outcome refused = HtrProgram.run("train", "--resume", "--model", model, "--train", other);
        assertThat(refused.err()).startsWith("htr: --train " + other + " contradicts the run in");
    }

    @Test
    void namesBadLinesAndSkipsThem() throws IOException {
        Files.writeString(folder.resolve("text.png"), "no image");
        SymbolLines.write("IOI", folder.resolve("long.png"));
        SymbolLines.write("I", folder.resolve("other.png"));
        Files.writeString(
                folder.resolve("train.jsonl"),
                """
                {"image": "none.png", "text": "I"}
                {"image": "text.png", "text": "I"}
                {"image": "long.png", "text": "IOIOIOIOIOIOIOIOIOIO"}
                {"image": "other.png", "text": "é"}
                """,
                StandardOpenOption.APPEND);
        data.remove("--strict");
        Path alphabet = folder.resolve("alphabet.txt");
        Alphabet.ofCharacters(" -IO").write(alphabet);

        Outcome audit = audit("--alphabet", alphabet);

        assertThat(audit.exitCode()).isZero();
        assertThat(audit.out())
                .contains("none.png", "text.png", "long.png", "other.png")
                .contains("image file missing")
                .contains("not a supported image");

        Outcome trained = train("--epochs", 1, "--alphabet", alphabet);

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.out())
                .contains("skipped 1: image file missing")
                .contains("skipped 1: not a supported image")
                .contains("skipped 1: too short for its transcript")
                .contains("skipped 1: characters outside the alphabet");

        data.add("--strict");
        Outcome strict = train("--epochs", 1, "--alphabet", alphabet);

        assertThat(strict.exitCode()).isEqualTo(2);
        assertThat(strict.err()).startsWith("htr: ").contains("image file missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--data iam | --data iam needs the option --folder",
                "--data manifest | --data manifest needs the option --train",
                "--repository x | --repository has no meaning for --data pen",
                "--data mnist --train x | --train has no meaning for --data mnist",
                "--lines 0 | --lines must be from 1 to 10000000, but is 0",
                "--lines 1000000 | 0 to 100000 lines expected: 1000000",
                "--height 20 | height 20 is not a multiple of 8 up to 512",
                "--channels 0 | channels 0 is not from 1 to 10000",
                "--intermediate 1 | the weight of the intermediate loss, 1.0, is not above 0 and"
                        + " below 1",
                "--intermediate 0.3 --layers 1 | intermediate heads are between LSTM layers, but"
                        + " the model has 1; 2 or more expected",
                "--self-conditioning | --self-conditioning has no meaning without --intermediate",
                "--ctc-shortcut -1 | the weight of the CTC shortcut, -1.0, is not from 0 to 10",
                "--epochs 0 | epochs: 0 is out of range",
                "--threads 0 | --threads must be from 1 to 1024, but is 0",
                "--no-such-option | Unknown option: '--no-such-option'"
            })
    void rejectsOptions(String options, String message) {
        Object[] arguments = ("train --model " + model + " " + options).split(" ", -1);

        Outcome outcome = HtrProgram.run(arguments);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(message);
        assertThat(model).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--alpha 1 | --alpha has no meaning without --lm, --lexicon or --hotwords",
                "--beam 9 | --beam has no meaning without --lm, --lexicon or --hotwords",
                "--gamma 1 | --gamma has no meaning without --lm, --lexicon or --hotwords",
                "--empty-word-score 0 | --empty-word-score has no meaning without --lm, --lexicon"
                        + " or --hotwords",
                "--lm-unit token | --lm-unit has no meaning without --lm, --lexicon or --hotwords",
                "--lexicon words.txt --alpha 1 | --alpha has no meaning without --lm",
                "--lexicon words.txt --beam 0 | --beam must be from 1 to 100000, but is 0",
                "--lexicon lm | --lexicon lm has no meaning without --lm",
                "--prior p.txt | --prior has no meaning without --lm, --lexicon or --hotwords",
                "--lexicon words.txt --prior-weight 0.3 | --prior-weight has no meaning without"
                        + " --prior"
            })
    void rejectsOptionsOfTheSearch(String options, String message) {
        for (String command : List.of("evaluate", "read line.png")) {
            Outcome outcome = HtrProgram.run((Object[]) (command + " " + options).split(" ", -1));

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains(message);
        }
    }

    @Test
    void saysThatThereIsNoModel() {
        Outcome outcome = evaluate();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("no usable model in " + model + " (train one first)");
    }

    private Outcome train(Object... options) {
        return outcome("train", model, options);
    }

    private Outcome outcome(String command, Path folder, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of(command, "--model", folder));
        arguments.addAll(data);
        arguments.addAll(Arrays.asList(TINY));
        arguments.addAll(Arrays.asList(options));
        return HtrProgram.run(arguments.toArray());
    }

    private Outcome evaluate(Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("evaluate", "--model", model));
        arguments.addAll(data);
        arguments.addAll(Arrays.asList(options));
        return HtrProgram.run(arguments.toArray());
    }

    private Outcome audit(Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("audit"));
        arguments.addAll(data);
        arguments.addAll(Arrays.asList(options));
        return HtrProgram.run(arguments.toArray());
    }
}
