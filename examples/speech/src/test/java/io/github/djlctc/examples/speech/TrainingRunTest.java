package io.github.djlctc.examples.speech;

import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;

import io.github.djlctc.audit.LabelAuditReport;
import io.github.djlctc.audit.LabelAuditReport.Verdict;
import io.github.djlctc.checkpoint.CheckpointStore;
import io.github.djlctc.checkpoint.ParameterAverage;
import io.github.djlctc.checkpoint.ResumableAdamW;
import io.github.djlctc.checkpoint.TrainingCheckpoint;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.SkippedSamples.Policy;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.model.IntermediateConfig.Conditioning;
import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.common.train.Averaging;
import io.github.djlctc.examples.common.train.BatchBounds;
import io.github.djlctc.examples.common.train.CheckpointPlan;
import io.github.djlctc.examples.common.train.EpochResult;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.MeanResult;
import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.common.train.ModelTest;
import io.github.djlctc.examples.common.train.StepTimes;
import io.github.djlctc.examples.common.train.TrainingOptions;
import io.github.djlctc.examples.common.train.TrainingRun;
import io.github.djlctc.examples.common.train.Transcript;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.augment.FeatureNoise;
import io.github.djlctc.examples.speech.augment.Tempo;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.train.Augmentation;
import io.github.djlctc.examples.speech.train.SignalCache;
import io.github.djlctc.examples.speech.train.TinyCorpus;
import io.github.djlctc.examples.speech.train.UtteranceReader;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.monitor.EpochStatistics;
import io.github.djlctc.monitor.NonFinitePolicy;
import io.github.djlctc.monitor.NonFiniteStepException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

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

    /** Makes a value of one utterance in ten NaN. */
    private static final Augmentation SPOILING =
            new Augmentation(
                    Augmentation.NONE.sound(),
                    Augmentation.NONE.signal(),
                    (values, dimensions, random) -> {
                        float[] spoiled = values.clone();
                        spoiled[7] = random.nextInt(10) == 0 ? Float.NaN : spoiled[7];
                        return spoiled;
                    });

    @TempDir Path folder;

    private final SkippedSamples skipped = new SkippedSamples(Policy.SKIP);
    private final List<LabelAuditReport> audits = new ArrayList<>();
    private final List<EpochResult> epochs = new ArrayList<>();
    private final List<MeanResult> means = new ArrayList<>();
    private Augmentation augmentation = NOISE;
    private double consistency;
    private Optional<IntermediateConfig> heads = Optional.empty();

    @Test
    void learnsWordsAndKeepsTheBestModel() throws Exception {
        Corpus<Utterance> corpus = TinyCorpus.corpus();

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
            Evaluation training = test(saved, "train", corpus.train());
            assertThat(training.words().errors()).isZero();
            Evaluation again = test(saved, "test", corpus.test());
            assertThat(again.transcripts()).isEqualTo(test.transcripts());
            assertThat(again.loss()).isCloseTo(test.loss(), within(1e-6));

            EpochResult best = epochs.stream().filter(EpochResult::best).reduce((a, b) -> b).get();
            Evaluation validation = test(saved, "validation", corpus.validation());
            assertThat(validation.loss()).isCloseTo(best.validationLoss(), within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource
    void learnsWordsWithHeadsBetweenLayers(Conditioning conditioning) throws Exception {
        heads = Optional.of(new IntermediateConfig(0.3, conditioning));
        Corpus<Utterance> corpus = TinyCorpus.corpus();

        Evaluation test = run(corpus, options(60, 60, 2));

        // Of the output alone, as the validation loss.
        assertThat(epochs.get(59).trainingLoss()).isLessThan(0.1 * epochs.get(0).trainingLoss());
        assertThat(epochs.get(59).statistics().loss())
                .isCloseTo(epochs.get(59).trainingLoss(), within(1e-5));
        assertThat(test.words().errors()).isZero();
        try (SpeechModel saved = SpeechModel.load(folder)) {
            assertThat(saved.config().intermediate()).isEqualTo(heads.get());
            assertThat(test(saved, "test", corpus.test()).transcripts())
                    .isEqualTo(test.transcripts());
        }
    }

    @Test
    void headsLeaveNoMemoryBehind() throws Exception {
        heads = Optional.of(new IntermediateConfig(0.3, Conditioning.SELF));
        leavesNoMemoryBehind();
    }

    @Test
    void tellsWhereTheTimeOfTheStepsWent() throws Exception {
        run(TinyCorpus.corpus(), options(2, 2, 1));

        assertThat(epochs)
                .hasSize(2)
                .allSatisfy(
                        epoch -> {
                            StepTimes times = epoch.times();
                            assertThat(times.waiting()).isNotNegative();
                            assertThat(times.forward()).isPositive();
                            assertThat(times.backward()).isPositive();
                            assertThat(times.update()).isPositive();
                            assertThat(times.total()).isLessThanOrEqualTo(epoch.seconds());
                        });
    }

    @Test
    void auditsTheDataFirst() throws Exception {
        Consumer<EpochResult> onEpoch = epoch -> assertThat(audits).hasSize(1);
        run(TinyCorpus.corpus(), options(1, 1, 1), onEpoch);

        LabelAuditReport audit = audits.get(0);
        assertThat(audit.verdict()).isEqualTo(Verdict.READY);
        assertThat(audit.samples()).isEqualTo(48 + 6 + 8);
        assertThat(audit.frameRatio().orElseThrow().minimum()).isGreaterThan(2);
        assertThat(folder.resolve("audit.json")).hasContent(audit.toJson());
    }

    @Test
    void writesTheAuditOfTranscriptsThatAreNoUnicode() throws Exception {
        List<Utterance> training = TinyCorpus.utterances("train", 4);
        training.add(new Utterance("half", "\ud83d", () -> TinyCorpus.features("AB", 1)));
        Corpus<Utterance> corpus = TinyCorpus.corpus();

        run(
                new Corpus<>("half", Utterance.UNIT, training, corpus.validation(), corpus.test()),
                options(1, 1, 1));

        assertThat(folder.resolve("audit.json")).content().contains("UNKNOWN_CHARACTER", "half");
    }

    @Test
    void learnsFromSilenceThatNothingWasSaid() throws Exception {
        FeatureMatrix silence = new FeatureMatrix(new float[20 * TinyCorpus.DIMENSIONS], 4);
        Corpus<Utterance> corpus = TinyCorpus.corpus();
        List<Utterance> training = new ArrayList<>(corpus.train());
        for (int i = 0; i < 5; i++) {
            training.add(new Utterance("silence " + i, "", () -> silence));
        }
        List<Utterance> test = new ArrayList<>(corpus.test());
        test.add(new Utterance("silence", " ", () -> silence));
        // One sample in a batch, so that there are batches without any label.
        TrainingOptions options =
                new TrainingOptions(
                        3,
                        BatchBounds.ofSamples(1),
                        0.01f,
                        4,
                        0.01f,
                        3,
                        NonFinitePolicy.HALT,
                        3,
                        1,
                        0,
                        0,
                        Averaging.NONE,
                        folder,
                        2);

        Evaluation evaluation =
                run(
                        new Corpus<>("s", Utterance.UNIT, training, corpus.validation(), test),
                        options);

        assertThat(skipped.list()).isEmpty();
        assertThat(epochs).hasSize(3);
        assertThat(epochs.get(2).trainingLoss())
                .isFinite()
                .isLessThan(epochs.get(0).trainingLoss());
        assertThat(evaluation.words().referenceLength()).isEqualTo(8);
        assertThat(evaluation.transcripts().get(8).reference()).isEmpty();
        assertThat(evaluation.transcripts().get(8).hypothesis()).isEmpty();
    }

    @Test
    void reportsEveryEpoch() throws Exception {
        run(TinyCorpus.corpus(), options(4, 4, 1));

        assertThat(epochs).extracting(EpochResult::epoch).containsExactly(1, 2, 3, 4);
        assertThat(epochs.get(0).best()).isTrue();
        for (EpochResult epoch : epochs) {
            assertThat(epoch.words().referenceLength()).isEqualTo(6);
            assertThat(epoch.trainingLoss()).isPositive().isFinite();
            assertThat(epoch.validationLoss()).isPositive().isFinite();
            EpochStatistics statistics = epoch.statistics();
            assertThat(statistics.epoch()).isEqualTo(epoch.epoch());
            assertThat(statistics.loss()).isCloseTo(epoch.trainingLoss(), within(1e-5));
            assertThat(statistics.gradientNorm()).isPositive().isFinite();
            assertThat(statistics.blankShare()).isBetween(0.0, 1.0);
            assertThat(statistics.entropy()).isPositive().isFinite();
            assertThat(epoch.learningRate()).isBetween(0.0, 0.02);
            assertThat(epoch.seconds()).isPositive();
        }
        // After the warm-up, the rate falls along the cosine to 0.
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
            assertThat(second.validationLoss()).isEqualTo(first.validationLoss());
            assertThat(second.characters()).isEqualTo(first.characters());
            assertThat(second.statistics()).isEqualTo(first.statistics());
            assertThat(other.trainingLoss()).isNotEqualTo(first.trainingLoss());
        }
    }

    /** The same steps, so the same losses of training; what is validated and saved is another. */
    @Test
    void anAverageIsValidatedAndSavedAndChangesNoStep() throws Exception {
        Corpus<Utterance> corpus = TinyCorpus.corpus();
        run(corpus, options(6, 6, 5));
        SavedModel plain = saved();
        run(corpus, averaging(options(6, 6, 5), new Averaging(OptionalDouble.of(0.9), 0)));
        SavedModel averaged = saved();

        for (int i = 0; i < 6; i++) {
            EpochResult first = epochs.get(i);
            EpochResult second = epochs.get(6 + i);
            assertThat(second.statistics()).isEqualTo(first.statistics());
            assertThat(second.learningRate()).isEqualTo(first.learningRate());
            assertThat(second.validationLoss()).isNotEqualTo(first.validationLoss());
        }
        assertThat(averaged.parameters()).isNotEqualTo(plain.parameters());
        assertThat(averaged.trained()).isEqualTo(plain.trained());
        assertThat(means).isEmpty();
        try (SpeechModel model = SpeechModel.load(folder)) {
            EpochResult best = epochs.stream().filter(EpochResult::best).reduce((a, b) -> b).get();
            assertThat(test(model, "validation", corpus.validation()).loss())
                    .isCloseTo(best.validationLoss(), within(1e-6));
        }
    }

    @Test
    void theMeanOfTheBestEpochsIsTheModelIfItIsBetter() throws Exception {
        Corpus<Utterance> corpus = TinyCorpus.corpus();
        for (int seed = 1; seed <= 3; seed++) {
            epochs.clear();
            means.clear();
            run(corpus, averaging(options(6, 6, seed), new Averaging(OptionalDouble.empty(), 3)));

            MeanResult mean = means.get(0);
            EpochResult best = epochs.stream().filter(EpochResult::best).reduce((a, b) -> b).get();
            double rate = (best.characters().rate() + best.words().rate()) / 2;
            Evaluation evaluation = mean.evaluation();
            assertThat(means).hasSize(1);
            assertThat(mean.epochs()).isEqualTo(3);
            assertThat(mean.best())
                    .isEqualTo(
                            evaluation.meanErrorRate() < rate
                                    || (evaluation.meanErrorRate() == rate
                                            && evaluation.loss() < best.validationLoss()));
            try (SpeechModel model = SpeechModel.load(folder)) {
                assertThat(test(model, "validation", corpus.validation()).loss())
                        .isCloseTo(
                                mean.best() ? evaluation.loss() : best.validationLoss(),
                                within(1e-6));
            }
        }
    }

    @Test
    void ofAShortRunTheMeanIsOfAllEpochs() throws Exception {
        run(
                TinyCorpus.corpus(),
                averaging(options(1, 1, 1), new Averaging(OptionalDouble.empty(), 5)));

        assertThat(means).extracting(MeanResult::epochs).containsExactly(1);
        assertThat(means.get(0).best()).isFalse();
    }

    /** A step that is left out is no update of the average, whose parameters stay finite. */
    @Test
    void stepsThatAreLeftOutAreNotAveraged() throws Exception {
        augmentation = SPOILING;
        TrainingOptions skipping =
                new TrainingOptions(
                        3,
                        BatchBounds.ofSamples(8),
                        0.02f,
                        4,
                        0.01f,
                        3,
                        NonFinitePolicy.SKIP,
                        3,
                        1,
                        0,
                        0,
                        new Averaging(OptionalDouble.of(0.9), 0),
                        folder,
                        2);

        run(TinyCorpus.corpus(), skipping);

        assertThat(epochs)
                .hasSize(3)
                .allSatisfy(epoch -> assertThat(epoch.validationLoss()).isFinite());
        try (SpeechModel model = SpeechModel.create(config(), TinyCorpus.alphabet())) {
            model.djlModel()
                    .getBlock()
                    .initialize(
                            model.djlModel().getNDManager(), DataType.FLOAT32, model.inputShapes());
            TrainingCheckpoint checkpoint = latest();
            try (ParameterAverage average = ParameterAverage.of(model.djlModel().getBlock(), 0.9);
                    ResumableAdamW optimizer = ResumableAdamW.builder().build()) {
                checkpoint.restore(model.djlModel().getBlock(), optimizer, average);
                assertThat(average.updates()).isEqualTo(checkpoint.updates()).isLessThan(3 * 6);
            }
        }
    }

    @Test
    void learnsFromTwoViewsOfEveryUtterance() throws Exception {
        augmentation =
                new Augmentation(
                        Augmentation.NONE.sound(),
                        new Tempo(new UniformRange(0.9, 1.1)),
                        new FeatureNoise(0.1));
        Evaluation one = run(TinyCorpus.corpus(), options(3, 3, 1));
        consistency = 0.2;
        Evaluation two = run(TinyCorpus.corpus(), options(3, 3, 1));

        // As many steps, and losses that can be compared.
        assertThat(epochs).hasSize(6);
        for (int i = 0; i < 3; i++) {
            EpochStatistics alone = epochs.get(i).statistics();
            EpochStatistics both = epochs.get(3 + i).statistics();
            assertThat(both.steps()).isEqualTo(alone.steps());
            assertThat(both.loss()).isNotEqualTo(alone.loss()).isCloseTo(alone.loss(), within(0.5));
        }
        assertThat(two.loss()).isNotEqualTo(one.loss());
        double median = memory(audits.get(0));
        assertThat(memory(audits.get(1))).isBetween(1.8 * median, 2.5 * median);
    }

    private static double memory(LabelAuditReport audit) {
        return audit.batchMebibytes().orElseThrow().median();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2})
    void haltsAtFeaturesThatAreNotNumbersAndNamesTheUtterance(double weight) {
        consistency = weight;
        augmentation = SPOILING;
        assertThatThrownBy(() -> run(TinyCorpus.corpus(), options(2, 2, 1)))
                .isInstanceOf(NonFiniteStepException.class)
                .hasMessageContaining("(train-");
    }

    @Test
    void goesOnWithoutFeaturesThatAreNotNumbersIfTold() throws Exception {
        augmentation = SPOILING;
        TrainingOptions skipping =
                new TrainingOptions(
                        3,
                        BatchBounds.ofSamples(8),
                        0.02f,
                        4,
                        0.01f,
                        3,
                        NonFinitePolicy.SKIP,
                        3,
                        1,
                        0,
                        0,
                        Averaging.NONE,
                        folder,
                        2);

        run(TinyCorpus.corpus(), skipping);

        assertThat(epochs).hasSize(3);
        assertThat(epochs.get(0).statistics().skippedSteps()).isPositive();
        for (EpochResult epoch : epochs) {
            assertThat(epoch.trainingLoss()).isPositive().isFinite();
            assertThat(epoch.validationLoss()).isPositive().isFinite();
        }
    }

    /** One step an epoch: what it does shows in the validation first. */
    @ParameterizedTest
    @ValueSource(floats = {1e30f, 1e38f})
    void namesALearningRateThatEndsInNumbersThatAreNone(float learningRate) {
        TrainingOptions wild =
                new TrainingOptions(
                        2,
                        BatchBounds.ofSamples(1_000),
                        learningRate,
                        0,
                        0.01f,
                        3,
                        NonFinitePolicy.SKIP,
                        2,
                        1,
                        0,
                        0,
                        Averaging.NONE,
                        folder,
                        2);
        assertThatThrownBy(() -> run(TinyCorpus.corpus(), wild))
                .isInstanceOf(NonFiniteStepException.class)
                .hasMessageStartingWith("epoch 1, step 1: ")
                .hasMessageContaining("the learning rate was ")
                .hasMessageContaining("lower the learning rate");
        assertThat(epochs).isEmpty();
    }

    /** Eight letters in 16 frames, 8 after subsampling: a tempo above 1.03 would leave 7. */
    @Test
    void speedsNoUtteranceBeyondWhatItsTranscriptNeeds() throws Exception {
        augmentation =
                new Augmentation(
                        Augmentation.NONE.sound(),
                        new Tempo(new UniformRange(0.85, 1.15)),
                        Augmentation.NONE.features());
        List<Utterance> tight = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            float[] values = new float[16 * TinyCorpus.DIMENSIONS];
            Arrays.fill(values, i);
            FeatureMatrix features = new FeatureMatrix(values, TinyCorpus.DIMENSIONS);
            tight.add(new Utterance("tight-" + i, "ABCDABCD", () -> features));
        }
        List<Utterance> rest = TinyCorpus.utterances("test", 2);

        run(new Corpus<>("tight", Utterance.UNIT, tight, rest, rest), options(3, 3, 1));

        assertThat(epochs)
                .hasSize(3)
                .allSatisfy(epoch -> assertThat(epoch.statistics().infeasibleShare()).isZero());
    }

    @Test
    void stopsWhenPatienceIsAtItsEnd() throws Exception {
        // With such a learning rate nothing gets better, apart from chance.
        TrainingOptions hopeless =
                new TrainingOptions(
                        40,
                        BatchBounds.ofSamples(8),
                        1e-12f,
                        0,
                        0,
                        3,
                        NonFinitePolicy.HALT,
                        2,
                        1,
                        0,
                        0,
                        Averaging.NONE,
                        folder,
                        2);

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

            run(
                    TinyCorpus.corpus(),
                    averaging(options(2, 2, 1), new Averaging(OptionalDouble.of(0.9), 2)));
            assertThat(system.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void trainsOnABatchThatIsNotFullAndOnASingleUtterance() throws Exception {
        Corpus<Utterance> corpus =
                new Corpus<>(
                        "one",
                        Utterance.UNIT,
                        TinyCorpus.utterances("train", 1),
                        TinyCorpus.utterances("valid", 1),
                        TinyCorpus.utterances("test", 17));

        Evaluation test = run(corpus, options(2, 2, 1));

        assertThat(test.transcripts()).hasSize(17);
    }

    @Test
    void saysWhichSplitHasNothingToUse() {
        Corpus<Utterance> corpus = TinyCorpus.corpus();
        Utterance foreign = new Utterance("x", "XYZ", () -> TinyCorpus.features("AB", 1));
        Corpus<Utterance> broken =
                new Corpus<>(
                        "broken", Utterance.UNIT, corpus.train(), List.of(foreign), corpus.test());

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
                                        BatchBounds.ofSamples(batchSize),
                                        learningRate,
                                        warmUp,
                                        weightDecay,
                                        norm,
                                        NonFinitePolicy.HALT,
                                        patience,
                                        1,
                                        0,
                                        0,
                                        Averaging.NONE,
                                        folder,
                                        2))
                .withMessageStartingWith(message + ": ")
                .withMessageContaining(" is out of range, ");
    }

    private Evaluation run(Corpus<Utterance> corpus, TrainingOptions options) throws Exception {
        return run(corpus, options, epochs::add);
    }

    private Evaluation run(
            Corpus<Utterance> corpus, TrainingOptions options, Consumer<EpochResult> onEpoch)
            throws Exception {
        CheckpointPlan plan =
                new CheckpointPlan(CheckpointPlan.folderOf(folder), 5, 1, "", Optional.empty());
        try (SpeechModel model = SpeechModel.create(config(), TinyCorpus.alphabet())) {
            UtteranceReader reader =
                    new UtteranceReader(
                            model, augmentation, new SignalCache(new MemoryBudget(1 << 20)));
            return new TrainingRun<>(corpus, model, reader, options, plan, skipped)
                    .run(
                            validation -> List.of(Decoding.greedy(model.decoder())),
                            audits::add,
                            pairs -> {},
                            onEpoch,
                            means::add)
                    .tests()
                    .get(0);
        }
    }

    private ModelConfig config() {
        ModelSize size = TinyCorpus.CONFIG.size();
        return new ModelConfig(
                TinyCorpus.CONFIG.features(),
                new ModelSize(
                        size.channels(),
                        size.stateSize(),
                        heads.isPresent() ? 2 : size.layers(),
                        size.subsampling(),
                        0.1f),
                TinyCorpus.CONFIG.letterCase(),
                null,
                heads.orElse(null));
    }

    /** The parameters of the best epoch, and of the last one those that were trained. */
    private record SavedModel(ByteBuffer parameters, List<ByteBuffer> trained) {}

    private SavedModel saved() throws IOException {
        ByteBuffer parameters =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("speech-0000.params")));
        try (SpeechModel model = SpeechModel.create(config(), TinyCorpus.alphabet());
                ResumableAdamW optimizer = ResumableAdamW.builder().build()) {
            Block block = model.djlModel().getBlock();
            block.initialize(
                    model.djlModel().getNDManager(), DataType.FLOAT32, model.inputShapes());
            latest().restore(block, optimizer);
            List<ByteBuffer> trained =
                    block.getParameters().values().stream()
                            .map(parameter -> HostArrays.readBytes(parameter.getArray()))
                            .toList();
            return new SavedModel(parameters, trained);
        }
    }

    private TrainingCheckpoint latest() throws IOException {
        return CheckpointStore.open(CheckpointPlan.folderOf(folder), 3).latest().orElseThrow();
    }

    private static TrainingOptions averaging(TrainingOptions options, Averaging averaging) {
        return new TrainingOptions(
                options.epochs(),
                options.batches(),
                options.learningRate(),
                options.warmUpSteps(),
                options.weightDecay(),
                options.maxGradientNorm(),
                options.nonFinite(),
                options.patience(),
                options.seed(),
                options.consistencyWeight(),
                0,
                averaging,
                options.folder(),
                options.replicas());
    }

    private Evaluation test(SpeechModel model, String split, List<Utterance> utterances)
            throws Exception {
        return new ModelTest<>(model, UtteranceReader.plain(model), Utterance.UNIT, skipped)
                .run(split, utterances, List.of(Decoding.greedy(model.decoder())))
                .get(0);
    }

    private TrainingOptions options(int count, int patience, long seed) {
        return new TrainingOptions(
                count,
                BatchBounds.ofSamples(8),
                0.02f,
                4,
                0.01f,
                3,
                NonFinitePolicy.HALT,
                patience,
                seed,
                consistency,
                0,
                Averaging.NONE,
                folder,
                2);
    }
}
