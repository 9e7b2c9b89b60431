package io.github.djlctc.examples.speech.train;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.speech.augment.FeatureNoise;
import io.github.djlctc.examples.speech.corpus.Corpus;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TrainingRunTest {

    private static final Augmentation NOISE =
            new Augmentation(
                    Augmentation.NONE.sound(),
                    new FeatureNoise(0.05),
                    Augmentation.NONE.features());

    @TempDir Path folder;

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);
    private final List<EpochResult> epochs = new ArrayList<>();

    @Test
    void learnsWordsAndKeepsTheBestModel() throws Exception {
        Corpus corpus = TinyCorpus.corpus();

        Evaluation test = run(corpus, options(25, 25, 2));

        assertThat(epochs).hasSize(25);
        assertThat(epochs.get(24).trainingLoss()).isLessThan(0.1 * epochs.get(0).trainingLoss());
        assertThat(test.words().errors()).isZero();
        assertThat(test.words().referenceLength()).isEqualTo(8);
        assertThat(test.characters().referenceLength()).isEqualTo(16);
        assertThat(test.transcripts())
                .extracting(Transcript::hypothesis)
                .containsExactlyElementsOf(corpus.test().stream().map(Utterance::text).toList());
        assertThat(test.transcripts())
                .extracting(Transcript::id)
                .containsExactlyElementsOf(corpus.test().stream().map(Utterance::id).toList());
        assertThat(skipped.list()).isEmpty();

        try (SpeechModel saved = SpeechModel.load(folder)) {
            Evaluation training = new ModelTest(saved, skipped).run("train", corpus.train());
            assertThat(training.words().errors()).isZero();
            Evaluation again = new ModelTest(saved, skipped).run("test", corpus.test());
            assertThat(again.transcripts()).isEqualTo(test.transcripts());
            assertThat(again.loss()).isCloseTo(test.loss(), within(1e-6));

            EpochResult best = epochs.stream().filter(EpochResult::best).reduce((a, b) -> b).get();
            Evaluation validation =
                    new ModelTest(saved, skipped).run("validation", corpus.validation());
            assertThat(validation.loss()).isCloseTo(best.validation().loss(), within(1e-6));
        }
    }

    @Test
    void reportsEveryEpoch() throws Exception {
        run(TinyCorpus.corpus(), options(4, 4, 1));

        assertThat(epochs).extracting(EpochResult::epoch).containsExactly(1, 2, 3, 4);
        assertThat(epochs.get(0).best()).isTrue();
        for (EpochResult epoch : epochs) {
            assertThat(epoch.validation().transcripts()).hasSize(6);
            assertThat(epoch.trainingLoss()).isPositive().isFinite();
            assertThat(epoch.validation().loss()).isPositive().isFinite();
            assertThat(epoch.gradientNorm()).isPositive().isFinite();
            assertThat(epoch.learningRate()).isBetween(0.0, 0.02);
            assertThat(epoch.seconds()).isPositive();
        }
        // Warm, and then along the cosine to 0.
        assertThat(epochs.get(3).learningRate()).isCloseTo(0, within(1e-6));
        assertThat(epochs.get(0).learningRate()).isGreaterThan(epochs.get(2).learningRate());
    }

    @Test
    void repeatsItselfWithTheSameSeed() throws Exception {
        run(TinyCorpus.corpus(), options(3, 3, 5));
        run(TinyCorpus.corpus(), options(3, 3, 5));
        run(TinyCorpus.corpus(), options(3, 3, 6));

        for (int i = 0; i < 3; i++) {
            EpochResult first = epochs.get(i);
            EpochResult second = epochs.get(3 + i);
            EpochResult other = epochs.get(6 + i);
            assertThat(second.trainingLoss()).isEqualTo(first.trainingLoss());
            assertThat(second.validation()).isEqualTo(first.validation());
            assertThat(second.gradientNorm()).isEqualTo(first.gradientNorm());
            assertThat(other.trainingLoss()).isNotEqualTo(first.trainingLoss());
        }
    }

    @Test
    void stopsWhenPatienceIsAtItsEnd() throws Exception {
        // With such a learning rate nothing gets better, apart from chance.
        TrainingOptions hopeless = new TrainingOptions(40, 8, 1e-12f, 0, 0, 3, 2, 1, folder);

        run(TinyCorpus.corpus(), hopeless);

        int best = 0;
        for (EpochResult epoch : epochs) {
            best = epoch.best() ? epoch.epoch() : best;
        }
        assertThat(epochs).hasSizeLessThan(40).hasSize(best + 2);
    }

    @Test
    void leavesNoMemoryBehind() throws Exception {
        try (Model any = Model.newInstance("any")) {
            NDManager system = any.getNDManager().getParentManager();
            int before = system.getManagedArrays().size();

            run(TinyCorpus.corpus(), options(2, 2, 1));

            assertThat(system.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void trainsOnABatchThatIsNotFullAndOnASingleUtterance() throws Exception {
        Corpus corpus =
                new Corpus(
                        "one",
                        TinyCorpus.utterances("train", 1),
                        TinyCorpus.utterances("valid", 1),
                        TinyCorpus.utterances("test", 17));

        Evaluation test = run(corpus, options(2, 2, 1));

        assertThat(test.transcripts()).hasSize(17);
    }

    @Test
    void saysWhichSplitHasNothingToUse() {
        Corpus corpus = TinyCorpus.corpus();
        Utterance foreign = new Utterance("x", "XYZ", () -> TinyCorpus.features("AB", 1));
        Corpus broken = new Corpus("broken", corpus.train(), List.of(foreign), corpus.test());

        assertThatThrownBy(() -> run(broken, options(2, 2, 1)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("none of the 1 validation utterances can be used: skipped");
        assertThat(epochs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8, 0.01, 0, 0, 3, 1, epochs",
        "1, 0, 0.01, 0, 0, 3, 1, batch size",
        "1, 8, 0, 0, 0, 3, 1, learning rate",
        "1, 8, NaN, 0, 0, 3, 1, learning rate",
        "1, 8, Infinity, 0, 0, 3, 1, learning rate",
        "1, 8, 0.01, -1, 0, 3, 1, warm-up",
        "1, 8, 0.01, 0, -1, 3, 1, weight decay",
        "1, 8, 0.01, 0, 0, 0, 1, limit of the gradient norm",
        "1, 8, 0.01, 0, 0, 3, 0, patience",
    })
    void checksItsOptions(
            int epochs,
            int batchSize,
            float learningRate,
            int warmUp,
            float weightDecay,
            float norm,
            int patience,
            String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new TrainingOptions(
                                        epochs,
                                        batchSize,
                                        learningRate,
                                        warmUp,
                                        weightDecay,
                                        norm,
                                        patience,
                                        1,
                                        folder))
                .withMessageStartingWith(message + ": ")
                .withMessageEndingWith(" is out of range");
    }

    private Evaluation run(Corpus corpus, TrainingOptions options) throws Exception {
        Alphabet alphabet = TinyCorpus.alphabet();
        ModelSize size = TinyCorpus.CONFIG.size();
        ModelConfig config =
                new ModelConfig(
                        TinyCorpus.CONFIG.features(),
                        new ModelSize(
                                size.channels(),
                                size.stateSize(),
                                size.layers(),
                                size.subsampling(),
                                0.1f),
                        TinyCorpus.CONFIG.letterCase());
        CheckpointPlan plan =
                new CheckpointPlan(CheckpointPlan.folderOf(folder), 5, 1, "", Optional.empty());
        return new TrainingRun(corpus, alphabet, config, NOISE, options, plan, skipped)
                .run(epochs::add);
    }

    private TrainingOptions options(int count, int patience, long seed) {
        return new TrainingOptions(count, 8, 0.02f, 4, 0.01f, 3, patience, seed, folder);
    }
}
