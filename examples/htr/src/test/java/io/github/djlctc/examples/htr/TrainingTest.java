package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.Outcome;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.TranscriptAlphabet;
import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.examples.common.train.Averaging;
import io.github.djlctc.examples.common.train.BatchBounds;
import io.github.djlctc.examples.common.train.CheckpointPlan;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.TrainingOptions;
import io.github.djlctc.examples.common.train.TrainingRun;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.corpus.pen.PenCorpus;
import io.github.djlctc.examples.htr.model.HtrModel;
import io.github.djlctc.examples.htr.model.ModelConfig;
import io.github.djlctc.examples.htr.model.ModelSize;
import io.github.djlctc.examples.htr.train.LineReader;
import io.github.djlctc.monitor.NonFinitePolicy;
import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;
import io.github.djlctc.text.LetterCase;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The default trainings in a minute each: fewer lines, a smaller model. */
class TrainingTest {

    @TempDir Path folder;

    @Test
    void overfitsOneLine() throws Exception {
        LineSample line =
                PenCorpus.builder().optTrainLines(2).build().train().stream()
                        .filter(sample -> sample.text().length() > 3)
                        .findFirst()
                        .orElseThrow();
        List<LineSample> only = List.of(line);
        Corpus<LineSample> corpus = new Corpus<>("one", LineSample.UNIT, only, only, only);
        ModelConfig config = new ModelConfig(new ModelSize(32, 8, 24, 2, 0), 0, LetterCase.KEEP);
        TrainingOptions options =
                new TrainingOptions(
                        200,
                        BatchBounds.ofSamples(1),
                        0.01f,
                        20,
                        0,
                        3,
                        NonFinitePolicy.HALT,
                        200,
                        1,
                        0,
                        0,
                        Averaging.NONE,
                        folder,
                        2);
        SkippedSamples skipped = new SkippedSamples(SkippedSamples.Policy.STRICT);
        CheckpointPlan plan =
                new CheckpointPlan(CheckpointPlan.folderOf(folder), 1000, 0, "", Optional.empty());
        Evaluation test;
        try (HtrModel model =
                HtrModel.create(config, TranscriptAlphabet.of(only, LetterCase.KEEP))) {
            test =
                    new TrainingRun<>(
                                    corpus,
                                    model,
                                    LineReader.plain(model.height()),
                                    options,
                                    plan,
                                    skipped)
                            .run(
                                    validation -> List.of(Decoding.greedy(model.decoder())),
                                    audit -> {},
                                    epoch -> {})
                            .tests()
                            .get(0);
        }

        assertThat(test.transcripts().get(0).hypothesis()).isEqualTo(line.text());
        assertThat(test.loss()).isLessThan(0.1);
    }

    @Test
    void learnsPenStrokes() throws Exception {
        List<JsonObject> errors =
                train(
                        "--lines",
                        800,
                        "--epochs",
                        6,
                        "--channels",
                        8,
                        "--state-size",
                        48,
                        "--batch-size",
                        8,
                        "--learning-rate",
                        "0.005",
                        "--warm-up",
                        50,
                        "--ctc-shortcut",
                        "0.1");

        assertThat(errors).hasSize(2);
        assertThat(rate(errors.get(0), "characters")).isLessThan(0.55);
        assertThat(rate(errors.get(1), "words"))
                .as("with language model and lexicon")
                .isLessThan(0.8 * rate(errors.get(0), "words"));
        assertThat(Files.readAllLines(folder.resolve("lexicon.txt"))).contains("Monday,", "1707");
        assertThat(folder.resolve("lm.arpa.gz")).exists();
    }

    @Test
    void learnsDigitStrings() throws Exception {
        Path mnist = TestData.of(PublicCorpus.MNIST, "data/mnist-repo");

        List<JsonObject> errors =
                train(
                        "--data",
                        "mnist",
                        "--repository",
                        mnist,
                        "--lines",
                        800,
                        "--epochs",
                        8,
                        "--channels",
                        8,
                        "--state-size",
                        32,
                        "--batch-size",
                        8,
                        "--learning-rate",
                        "0.005",
                        "--warm-up",
                        50);

        assertThat(errors).hasSize(1);
        assertThat(rate(errors.get(0), "characters")).isLessThan(0.2);
    }

    private List<JsonObject> train(Object... options) {
        List<Object> arguments =
                new ArrayList<>(
                        List.of("train", "--json", "--threads", 1, "--model", folder, "--seed", 3));
        arguments.addAll(Arrays.asList(options));
        Outcome outcome = HtrProgram.run(arguments.toArray());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.events("errors");
    }

    private static double rate(JsonObject errors, String unit) {
        return errors.getAsJsonObject(unit).get("rate").getAsDouble();
    }
}
