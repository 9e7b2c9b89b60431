package io.github.djlctc.monitor;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.AbstractCompositeLoss;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;

import io.github.djlctc.host.Reading;
import io.github.djlctc.loss.CTCAlgorithm;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.ConsistencyLoss;
import io.github.djlctc.loss.InfeasiblePolicy;
import io.github.djlctc.loss.IntermediateCTCLoss;
import io.github.djlctc.monitor.NonFiniteStep.Cause;
import io.github.djlctc.nn.FramewiseBlock;
import io.github.djlctc.nn.IntermediateHead;
import io.github.djlctc.nn.PackedLSTM;
import io.github.djlctc.testing.ToyBatch;
import io.github.djlctc.testing.ToyNoise;
import io.github.djlctc.testing.ToyTraining;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

/** Bad samples among 200 steps of a tiny model. */
class CTCMonitorTest {

    private static final int STEPS = 200;
    private static final int BAD_SAMPLE = 2;

    private final List<EpochReport> reports = new ArrayList<>();

    /** A way to spoil a sample. */
    private enum Fault {
        NAN_FEATURE(Cause.INPUT, "feature 1 of frame 5 is NaN") {
            @Override
            void inject(ToyBatch batch) {
                batch.setFeature(BAD_SAMPLE, 5, 1, Float.NaN);
            }
        },
        INFINITE_FEATURE(Cause.INPUT, "feature 0 of frame 7 is -Infinity") {
            @Override
            void inject(ToyBatch batch) {
                batch.setFeature(BAD_SAMPLE, 7, 0, Float.NEGATIVE_INFINITY);
            }
        },
        LONG_TARGET(Cause.TOO_FEW_FRAMES, "8 frames, but its target needs 15") {
            @Override
            void inject(ToyBatch batch) {
                batch.setLongTarget(BAD_SAMPLE);
            }
        },
        OVERFLOWING_OUTPUT(Cause.ACTIVATION, "its loss is NaN") {
            @Override
            void inject(ToyBatch batch) {
                for (int feature = 0; feature < ToyNoise.FEATURES; feature++) {
                    batch.setFeature(BAD_SAMPLE, 3, feature, Float.MAX_VALUE);
                }
            }
        },
        OVERFLOWING_GRADIENT(Cause.GRADIENT, null) {
            @Override
            void inject(ToyBatch batch) {
                // Finite logits, but the square of the gradient norm is beyond float32.
                batch.scale(BAD_SAMPLE, 1e30f);
            }
        };

        private final Cause cause;
        private final String problem;

        Fault(Cause cause, String problem) {
            this.cause = cause;
            this.problem = problem;
        }

        abstract void inject(ToyBatch batch);
    }

    @ParameterizedTest
    @EnumSource
    void haltsAndNamesTheSample(Fault fault) {
        int bad = new Random(fault.name().hashCode()).nextInt(STEPS);
        try (ToyTraining training = training(NonFinitePolicy.HALT)) {
            NonFiniteStepException halt =
                    catchThrowableOfType(
                            NonFiniteStepException.class,
                            () -> {
                                for (int step = 0; step < STEPS; step++) {
                                    training.backward(batch(step, bad, fault));
                                    training.trainer().step();
                                }
                            });
            NonFiniteStep found = halt.step();
            assertThat(found.epoch()).isEqualTo(1);
            assertThat(found.step()).isEqualTo(bad + 1);
            assertThat(found.cause()).isEqualTo(fault.cause);
            assertThat(found.parameter()).isEmpty();
            if (fault.problem == null) {
                assertThat(found.samples()).isEmpty();
            } else {
                String name = "utterance " + (bad * ToyNoise.SAMPLES + BAD_SAMPLE);
                assertThat(found.samples())
                        .containsExactly(new NonFiniteStep.Sample(BAD_SAMPLE, name, fault.problem));
                // The loss is not finite, and back-propagation begins at the last layer.
                assertThat(found.gradient()).contains("03Linear_bias");
                assertThat(halt)
                        .hasMessageContaining("step " + (bad + 1))
                        .hasMessageContaining(name)
                        .hasMessageContaining(fault.problem)
                        .hasMessageContaining("gradient of 03Linear_bias")
                        .hasMessageContaining(fault.cause.remedy());
            }
            assertAllFinite(training.parameters());
        }
    }

    /** How a training loop leaves out steps. */
    private enum Loop {
        ASKS,
        GUARDED,
        STEPS_ALWAYS
    }

    @ParameterizedTest
    @EnumSource
    void skippingEqualsATrainingWithoutTheBatch(Fault fault) {
        int bad = new Random(~fault.name().hashCode()).nextInt(STEPS);
        List<float[]> without = run(Loop.STEPS_ALWAYS, bad, null);
        reports.clear();
        for (Loop loop : List.of(Loop.ASKS, Loop.GUARDED)) {
            assertThat(run(loop, bad, fault)).usingRecursiveComparison().isEqualTo(without);
        }
        assertThat(reports).hasSize(2);
        for (EpochReport report : reports) {
            assertThat(report.skipped()).hasSize(1);
            assertThat(report.skipped().get(0).step()).isEqualTo(bad + 1);
            assertThat(report.skipped().get(0).cause()).isEqualTo(fault.cause);
            assertThat(report.statistics().steps()).isEqualTo(STEPS);
            assertThat(report.statistics().skippedSteps()).isEqualTo(1);
            assertThat(report.statistics().loss()).isPositive().isFinite();
            assertThat(report.statistics().gradientNorm()).isPositive().isFinite();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, ASKS", "0, GUARDED", "0, STEPS_ALWAYS"})
    void theFirstStepMayBeTheBadOne(int bad, Loop loop) {
        List<float[]> without = run(Loop.STEPS_ALWAYS, bad, null);
        List<float[]> skipping = run(loop, bad, Fault.NAN_FEATURE);
        assertAllFinite(skipping);
        if (loop != Loop.STEPS_ALWAYS) {
            assertThat(skipping).usingRecursiveComparison().isEqualTo(without);
        }
    }

    @Test
    void aLoopThatAlwaysStepsStaysFiniteButMovesByMomentumAndDecay() {
        List<float[]> skipping = run(Loop.STEPS_ALWAYS, 70, Fault.NAN_FEATURE);
        assertAllFinite(skipping);
        List<float[]> without = run(Loop.STEPS_ALWAYS, 70, null);
        assertThat(skipping.get(0)).isNotEqualTo(without.get(0));
        for (int i = 0; i < skipping.get(0).length; i++) {
            assertThat(skipping.get(0)[i]).isCloseTo(without.get(0)[i], within(0.05f));
        }
    }

    @Test
    void theEpochMeanHasNoSkippedBatch() {
        try (ToyTraining training = training(NonFinitePolicy.SKIP)) {
            training.backward(ToyNoise.batch(0));
            float first = trainingLoss(training);
            training.backward(batch(1, 1, Fault.NAN_FEATURE));
            assertThat(trainingLoss(training)).isEqualTo(first);
            training.backward(ToyNoise.batch(0));
            assertThat(trainingLoss(training)).isCloseTo(first, within(1e-6f));
        }
    }

    @Test
    void theNormOfALastBatchThatWasSkippedCanBeReadAfterTraining() {
        GradientNormClipper clipper = new GradientNormClipper(5);
        CTCMonitor monitor =
                CTCMonitor.builder().optNonFinite(NonFinitePolicy.SKIP).optClipper(clipper).build();
        try (ToyTraining training = training(loss(), monitor, adamW())) {
            training.backward(batch(1, 1, Fault.NAN_FEATURE));
        }
        assertThat(clipper.norm()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void namesTheLearningRateWhenTheLastStepOfAnEpochMadeParametersNotFinite(boolean validates) {
        CTCMonitor monitor =
                CTCMonitor.builder()
                        .optNonFinite(NonFinitePolicy.SKIP)
                        .optLearningRate(() -> 1e38)
                        .optOnReport(reports::add)
                        .build();
        Optimizer optimizer =
                Optimizer.adamW()
                        .optLearningRateTracker(Tracker.fixed(1e38f))
                        .optWeightDecays(1000)
                        .build();
        try (ToyTraining training = training(loss(), monitor, optimizer)) {
            training.step(ToyNoise.batch(1));
            assertThatThrownBy(
                            () -> {
                                if (validates) {
                                    monitor.onValidationBatch(training.trainer(), null);
                                } else {
                                    training.endEpoch();
                                }
                            })
                    .isInstanceOfSatisfying(
                            NonFiniteStepException.class,
                            e -> {
                                assertThat(e.step().cause()).isEqualTo(Cause.PARAMETER);
                                assertThat(e.step().step()).isEqualTo(1);
                            })
                    .hasMessageContaining("first in the parameter 01Linear_weight")
                    .hasMessageContaining("the learning rate was 1.0E38")
                    .hasMessageContaining("lower the learning rate");
            assertThat(reports).isEmpty();
        }
    }

    /** With DJL's own step, which refuses gradients that are all 0 at first. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFirstBatchMayHoldNoFeasibleSample(boolean monitored) {
        CTCLoss zero = CTCLoss.builder().build();
        TrainingListener[] listeners =
                monitored
                        ? new TrainingListener[] {monitor(NonFinitePolicy.HALT)}
                        : new TrainingListener[0];
        Block block = layers(new LambdaBlock(x -> x));
        try (ToyTraining training = ToyTraining.onNoise(block, zero, sgd(), listeners)) {
            List<float[]> before = training.parameters();
            ToyBatch infeasible = ToyNoise.batch(1);
            for (int n = 0; n < infeasible.size(); n++) {
                infeasible.setLongTarget(n);
            }

            assertThat(training.step(infeasible)).isZero();

            assertThat(training.parameters())
                    .usingRecursiveComparison()
                    .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-29f ? 0 : 1, Float.class)
                    .isEqualTo(before);
            assertThat(training.step(ToyNoise.batch(2))).isPositive();
        }
    }

    /** Logits of minus infinity, as masks make them, that rule out all labels. */
    @ParameterizedTest
    @EnumSource
    void theFirstBatchMayHoldNoPossibleLabel(CTCAlgorithm algorithm) {
        float[] onlyBlank = new float[ToyNoise.CLASSES];
        Arrays.fill(onlyBlank, 1, onlyBlank.length, Float.NEGATIVE_INFINITY);
        boolean[] masked = {true};
        Block block =
                layers(new LambdaBlock(x -> x))
                        .add(
                                new LambdaBlock(
                                        x -> {
                                            NDArray logits = x.singletonOrThrow();
                                            NDManager manager = logits.getManager();
                                            return new NDList(
                                                    masked[0]
                                                            ? logits.add(manager.create(onlyBlank))
                                                            : logits);
                                        }));
        CTCLoss zero = CTCLoss.builder().optAlgorithm(algorithm).build();
        try (ToyTraining training = ToyTraining.onNoise(block, zero, sgd())) {
            List<float[]> before = training.parameters();

            assertThat(training.step(ToyNoise.batch(1))).isZero();

            assertThat(training.parameters())
                    .usingRecursiveComparison()
                    .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-29f ? 0 : 1, Float.class)
                    .isEqualTo(before);
            masked[0] = false;
            assertThat(training.step(ToyNoise.batch(2))).isPositive();
        }
    }

    /** No gradient comes back through a masked logit, so the blank's would be lost. */
    @Test
    void theFirstBatchMayHaveItsBlankMasked() {
        float[] lastOnly = new float[ToyNoise.CLASSES];
        lastOnly[ToyNoise.CLASSES - 1] = 1;
        Block block =
                layers(new LambdaBlock(x -> x))
                        .add(
                                new LambdaBlock(
                                        x -> {
                                            NDArray logits = x.singletonOrThrow();
                                            NDManager manager = logits.getManager();
                                            NDArray kept =
                                                    logits.zerosLike()
                                                            .add(manager.create(lastOnly))
                                                            .gt(0);
                                            NDArray masked =
                                                    logits.zerosLike().sub(Float.POSITIVE_INFINITY);
                                            return new NDList(NDArrays.where(kept, logits, masked));
                                        }));
        try (ToyTraining training = ToyTraining.onNoise(block, CTCLoss.builder().build(), sgd())) {
            assertThat(training.step(ToyNoise.batch(1))).isZero();
            assertThat(training.step(ToyNoise.batch(2))).isZero();
        }
    }

    @Test
    void haltsUnderSkipWhenAParameterItselfIsNotFinite() {
        try (ToyTraining training = training(NonFinitePolicy.SKIP)) {
            Parameter weight = training.model().getBlock().getParameters().get("01Linear_weight");
            float[] values = weight.getArray().toFloatArray();
            values[2] = Float.POSITIVE_INFINITY;
            weight.getArray().set(values);
            assertThatThrownBy(() -> training.backward(ToyNoise.batch(1)))
                    .isInstanceOfSatisfying(
                            NonFiniteStepException.class,
                            e -> {
                                assertThat(e.step().cause()).isEqualTo(Cause.PARAMETER);
                                assertThat(e.step().parameter()).contains("01Linear_weight");
                            })
                    .hasMessageContaining("first in the parameter 01Linear_weight");
        }
    }

    @Test
    void givesUpAfterTwentySkippedStepsInARow() {
        try (ToyTraining training = training(NonFinitePolicy.SKIP)) {
            for (int step = 0; step < 20; step++) {
                training.backward(batch(step, step, Fault.NAN_FEATURE));
            }
            assertThatThrownBy(() -> training.backward(batch(20, 20, Fault.NAN_FEATURE)))
                    .isInstanceOf(NonFiniteStepException.class);
        }
    }

    @Test
    void reportsTheFiguresOfAnEpoch() {
        CTCMonitor monitor =
                CTCMonitor.builder()
                        .optClipper(new GradientNormClipper(1e-3f))
                        .optOnReport(reports::add)
                        .build();
        CTCLoss loss = CTCLoss.builder().build();
        try (ToyTraining training = training(loss, monitor, adamW())) {
            // A model that always gives label 2: one label for every sample.
            NDArray bias =
                    training.model().getBlock().getParameters().get("03Linear_bias").getArray();
            bias.set(new float[] {0, 0, 1000, 0});
            ToyBatch batch = ToyNoise.batch(5);
            batch.setLongTarget(0);
            training.backward(batch);
            float mean = trainingLoss(training);
            training.endEpoch();

            EpochStatistics figures = reports.get(0).statistics();
            assertThat(figures.epoch()).isEqualTo(1);
            assertThat(figures.steps()).isEqualTo(1);
            assertThat(figures.loss()).isCloseTo(mean, within(1e-5 * mean));
            assertThat(figures.lowestLoss()).isPositive();
            assertThat(figures.clipRate()).isEqualTo(1);
            assertThat(figures.maxGradientNorm()).isEqualTo(figures.gradientNorm());
            assertThat(figures.gradientNorm()).isGreaterThan(1e-3);
            assertThat(figures.infeasibleShare()).isEqualTo(0.25);
            assertThat(figures.blankShare()).isZero();
            assertThat(figures.entropy()).isCloseTo(0, within(1e-6));
            assertThat(figures.emptyOutputs()).isZero();
            assertThat(figures.singleLabelOutputs()).isEqualTo(1);
            assertThat(reports.get(0).diagnosis()).isEqualTo(TrainingDiagnosis.INFEASIBLE_TARGETS);

            bias.set(new float[] {1000, 0, 0, 0});
            training.backward(ToyNoise.batch(6));
            training.endEpoch();
            EpochStatistics blank = reports.get(1).statistics();
            assertThat(blank.epoch()).isEqualTo(2);
            assertThat(blank.blankShare()).isEqualTo(1);
            assertThat(blank.emptyOutputs()).isEqualTo(1);
            assertThat(blank.singleLabelOutputs()).isZero();
            assertThat(blank.infeasibleShare()).isZero();
            assertThat(reports.get(1).diagnosis()).isEqualTo(TrainingDiagnosis.BLANK_PLATEAU);
        }
    }

    @Test
    void namesTheLayerWhoseGradientAppearedFirst() {
        Block root = new LambdaBlock(x -> new NDList(x.head().mul(0).sqrt()));
        try (ToyTraining training =
                ToyTraining.onNoise(layers(root), loss(), adamW(), monitor(NonFinitePolicy.HALT))) {
            // The derivative of the square root is infinite at 0: finite losses and last layer.
            assertThatThrownBy(() -> training.backward(ToyNoise.batch(0)))
                    .isInstanceOfSatisfying(
                            NonFiniteStepException.class,
                            e -> {
                                assertThat(e.step().cause()).isEqualTo(Cause.GRADIENT);
                                assertThat(e.step().gradient()).contains("01Linear_bias");
                                assertThat(e.step().samples()).isEmpty();
                            });
        }
    }

    @Test
    void tellsAClassOfProbabilityZero() {
        Block mask =
                new LambdaBlock(
                        x -> {
                            NDArray hidden = x.head();
                            float[] values = {0, Float.NEGATIVE_INFINITY, 0, 0, 0};
                            return new NDList(hidden.add(hidden.getManager().create(values)));
                        });
        CTCMonitor monitor = monitor(NonFinitePolicy.HALT);
        Block block = new SequentialBlock().add(Linear.builder().setUnits(5).build()).add(mask);
        try (ToyTraining training = ToyTraining.onNoise(block, loss(), adamW(), monitor)) {
            ToyBatch batch = ToyNoise.batch(0);
            batch.setTarget(1, 2, 1);
            for (int sample : new int[] {0, 2, 3}) {
                batch.setTarget(sample, 2, 3);
            }
            assertThatThrownBy(() -> training.backward(batch))
                    .isInstanceOfSatisfying(
                            NonFiniteStepException.class,
                            e -> {
                                assertThat(e.step().cause()).isEqualTo(Cause.IMPOSSIBLE_TARGET);
                                assertThat(e.step().samples())
                                        .extracting(NonFiniteStep.Sample::index)
                                        .containsExactly(1);
                            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void worksInEasyTrain(NonFinitePolicy policy) throws Exception {
        CTCMonitor monitor = monitor(policy);
        CTCLoss loss = loss();
        Optimizer optimizer = monitor.guard(adamW());
        try (ToyTraining training = training(loss, monitor, optimizer)) {
            ToyBatch all = ToyNoise.batch(9);
            all.setFeature(BAD_SAMPLE, 0, 0, Float.NaN);
            ArrayDataset dataset = all.dataset(training.trainer().getManager());
            if (policy == NonFinitePolicy.HALT) {
                assertThatThrownBy(() -> EasyTrain.fit(training.trainer(), 3, dataset, null))
                        .isInstanceOf(NonFiniteStepException.class)
                        .hasMessageContaining("(utterance " + BAD_SAMPLE + ")");
                assertThat(reports).isEmpty();
            } else {
                EasyTrain.fit(training.trainer(), 3, dataset, null);
                assertThat(reports).hasSize(3);
                for (EpochReport report : reports) {
                    assertThat(report.skipped()).hasSize(1);
                    assertThat(report.statistics().steps()).isEqualTo(4);
                    assertThat(report.statistics().loss()).isPositive().isFinite();
                }
                assertThat(training.trainer().getTrainingResult().getTrainLoss())
                        .isCloseTo((float) reports.get(2).statistics().loss(), within(1e-5f));
            }
            assertAllFinite(training.parameters());
        }
    }

    @Test
    void reportsOfAResumedRunAreThoseOfTheWholeRun() {
        CTCMonitor whole = monitor(NonFinitePolicy.SKIP);
        try (ToyTraining training = training(loss(), whole, sgd())) {
            runTwoEpochs(training, 0, 12);
        }
        List<EpochReport> expected = List.copyOf(reports);
        reports.clear();
        CTCMonitor first = monitor(NonFinitePolicy.SKIP);
        CTCMonitor second = monitor(NonFinitePolicy.SKIP);
        List<float[]> parameters;
        try (ToyTraining training = training(loss(), first, sgd())) {
            runTwoEpochs(training, 0, 9);
            parameters = training.parameters();
        }
        second.restore(first.save());
        assertThat(second.save()).isEqualTo(first.save());
        try (ToyTraining training = training(loss(), second, sgd())) {
            training.setParameters(parameters);
            runTwoEpochs(training, 9, 12);
        }
        assertThat(reports).isEqualTo(expected);
        assertThat(reports.get(1).skipped()).hasSize(1);
    }

    /** An optimizer without state. */
    private static Optimizer sgd() {
        return Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.1f)).build();
    }

    /** Runs some of twelve steps; the eighth, in the second epoch, is bad. */
    private static void runTwoEpochs(ToyTraining training, int from, int to) {
        for (int step = from; step < to; step++) {
            training.backward(batch(step, 7, Fault.NAN_FEATURE));
            if (step != 7) {
                training.trainer().step();
            }
            if (step % 6 == 5) {
                training.endEpoch();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"history\":[]}", "no JSON"})
    void refusesToGoOnFromAnythingElse(String saved) {
        CTCMonitor monitor = monitor(NonFinitePolicy.HALT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> monitor.restore(saved))
                .withMessageContaining("not the state of a monitor");
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoArrayBehind(Reading reading) {
        try (ToyTraining training = training(NonFinitePolicy.SKIP)) {
            training.backward(ToyNoise.batch(0));
            training.trainer().step();
            training.backward(batch(1, 1, Fault.NAN_FEATURE));
            int ofModel = training.model().getNDManager().getManagedArrays().size();
            int ofTrainer = training.trainer().getManager().getManagedArrays().size();
            reading.during(
                    () -> {
                        for (int step = 2; step < 40; step++) {
                            int bad = step % 3 == 0 ? step : -1;
                            training.backward(batch(step, bad, Fault.NAN_FEATURE));
                        }
                    });
            assertThat(training.model().getNDManager().getManagedArrays()).hasSize(ofModel);
            assertThat(training.trainer().getManager().getManagedArrays()).hasSize(ofTrainer);
        }
    }

    @Test
    void refusesOtherLossesAndAPatienceOfNothing() {
        try (Model model = Model.newInstance("other")) {
            model.setBlock(Linear.builder().setUnits(2).build());
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(Loss.l2Loss())
                            .addTrainingListeners(CTCMonitor.builder().build());
            assertThatThrownBy(() -> model.newTrainer(config))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("L2Loss");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CTCMonitor.builder().optPatience(0))
                .withMessageContaining("0 epochs");
    }

    @Test
    void watchesTheCTCLossOfACompositeLoss() {
        ToyBatch batch = ToyNoise.batch(1);
        EpochReport alone = firstReport(CTCLoss.builder().build(), batch);
        EpochReport composite = firstReport(new SumOfLosses(CTCLoss.builder().build()), batch);

        assertThat(composite.statistics().loss()).isEqualTo(alone.statistics().loss());
        assertThat(composite.statistics().blankShare()).isEqualTo(alone.statistics().blankShare());
        assertThat(composite.statistics().gradientNorm())
                .isCloseTo(2 * alone.statistics().gradientNorm(), within(1e-5));

        batch.setFeature(BAD_SAMPLE, 5, 1, Float.NaN);
        NonFiniteStepException halt =
                catchThrowableOfType(
                        NonFiniteStepException.class,
                        () -> firstReport(new SumOfLosses(CTCLoss.builder().build()), batch));
        assertThat(halt.step().samples()).singleElement().asString().contains("NaN");

        assertThatThrownBy(() -> firstReport(new SumOfLosses(Loss.l2Loss()), batch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SumOfLosses");
    }

    @Test
    void watchesTheCTCLossOfTwoViews() {
        ToyBatch views = ToyNoise.batch(1);
        int utterances = views.size() / 2;
        for (int n = 0; n < utterances; n++) {
            views.setTarget(utterances + n, views.target(n));
        }
        EpochReport alone = firstReport(CTCLoss.builder().build(), views);
        EpochReport both = firstReport(new ConsistencyLoss(CTCLoss.builder().build(), 1), views);

        assertThat(both.statistics().loss()).isEqualTo(alone.statistics().loss());
        assertThat(both.statistics().blankShare()).isEqualTo(alone.statistics().blankShare());
        assertThat(both.statistics().gradientNorm())
                .isNotEqualTo(alone.statistics().gradientNorm());

        views.setFeature(BAD_SAMPLE, 5, 1, Float.NaN);
        NonFiniteStepException halt =
                catchThrowableOfType(
                        NonFiniteStepException.class,
                        () ->
                                firstReport(
                                        new ConsistencyLoss(CTCLoss.builder().build(), 1), views));
        assertThat(halt.step().samples()).singleElement().asString().contains("NaN");
    }

    @Test
    void leavesASkippedBatchOutOfTheMeansOfIntermediateHeadsToo() {
        SequentialBlock block =
                new SequentialBlock()
                        .add(new LambdaBlock(CTCMonitorTest::withLengths))
                        .add(PackedLSTM.builder().setStateSize(3).build())
                        .add(IntermediateHead.builder().setClasses(ToyNoise.CLASSES).build())
                        .add(
                                FramewiseBlock.of(
                                        Linear.builder().setUnits(ToyNoise.CLASSES).build()));
        IntermediateCTCLoss loss =
                IntermediateCTCLoss.builder().optOutput(loss()).optInterpolated(1, 0.3).build();
        CTCMonitor monitor = monitor(NonFinitePolicy.SKIP);
        EvaluatorTrainingListener means = new EvaluatorTrainingListener();
        try (ToyTraining training = ToyTraining.onNoise(block, loss, adamW(), means, monitor)) {
            training.backward(ToyNoise.batch(0));
            String key = EvaluatorTrainingListener.TRAIN_EPOCH;
            List<Float> first =
                    loss.getComponents().stream().map(l -> l.getAccumulator(key)).toList();

            training.backward(batch(1, 1, Fault.NAN_FEATURE));

            assertThat(monitor.shouldStep()).isFalse();
            assertThat(loss.getComponents())
                    .extracting(l -> l.getAccumulator(key))
                    .isEqualTo(first)
                    .doesNotContain(Float.NaN);
            training.endEpoch();
            assertThat(reports.get(0).statistics().loss()).isCloseTo(first.get(0), within(1e-5));
        }
    }

    @Test
    void namesTheSamplesOfALossThatIsNotFiniteAtAHead() {
        // The head's logits of sample 2 are divided by 0; the output does not see them.
        Block head =
                new LambdaBlock(
                        x -> {
                            NDArray samples =
                                    x.head().getManager().arange((float) ToyNoise.SAMPLES);
                            NDArray divisors = samples.sub(2).reshape(ToyNoise.SAMPLES, 1, 1);
                            NDList output = withLengths(x);
                            output.add(x.head().div(divisors));
                            return output;
                        });
        Block model =
                new SequentialBlock()
                        .add(Linear.builder().setUnits(ToyNoise.CLASSES).build())
                        .add(head);
        IntermediateCTCLoss loss =
                IntermediateCTCLoss.builder().optOutput(loss()).optInterpolated(1, 0.3).build();
        CTCMonitor monitor = monitor(NonFinitePolicy.HALT);
        try (ToyTraining training = ToyTraining.onNoise(model, loss, adamW(), monitor)) {
            assertThatThrownBy(() -> training.backward(ToyNoise.batch(0)))
                    .isInstanceOfSatisfying(
                            NonFiniteStepException.class,
                            e -> {
                                assertThat(e.step().cause()).isEqualTo(Cause.ACTIVATION);
                                assertThat(e.step().samples())
                                        .extracting(NonFiniteStep.Sample::index)
                                        .containsExactly(2);
                                assertThat(e)
                                        .hasMessageContaining(
                                                "its loss is NaN at intermediate head 1");
                            });
        }
    }

    private static NDList withLengths(NDList features) {
        NDArray input = features.head();
        long[] lengths = new long[(int) input.getShape().get(0)];
        Arrays.fill(lengths, input.getShape().get(1));
        return new NDList(input, input.getManager().create(lengths));
    }

    private EpochReport firstReport(Loss loss, ToyBatch batch) {
        reports.clear();
        CTCMonitor monitor = monitor(NonFinitePolicy.HALT);
        try (ToyTraining training = training(loss, monitor, adamW())) {
            training.backward(batch);
            monitor.onEpoch(training.trainer());
        }
        return reports.get(0);
    }

    /** The sum of two losses of the same output. */
    private static final class SumOfLosses extends AbstractCompositeLoss {

        SumOfLosses(Loss loss) {
            super("SumOfLosses");
            Loss other = loss instanceof CTCLoss ? CTCLoss.builder().build() : loss;
            components = List.of(loss, other);
        }

        @Override
        protected Pair<NDList, NDList> inputForComponent(
                int componentIndex, NDList labels, NDList predictions) {
            return new Pair<>(labels, predictions);
        }
    }

    /**
     * Runs an epoch.
     *
     * @param fault spoils the batch of step {@code bad}; null leaves that batch out
     */
    private List<float[]> run(Loop loop, int bad, Fault fault) {
        CTCMonitor monitor = monitor(NonFinitePolicy.SKIP);
        Optimizer optimizer = adamW();
        Optimizer used = loop == Loop.GUARDED ? monitor.guard(optimizer) : optimizer;
        try (ToyTraining training = training(loss(), monitor, used)) {
            for (int step = 0; step < STEPS; step++) {
                if (step == bad && fault == null) {
                    continue;
                }
                training.backward(batch(step, bad, fault));
                assertThat(monitor.shouldStep()).isEqualTo(step != bad);
                if (loop != Loop.ASKS || monitor.shouldStep()) {
                    training.trainer().step();
                }
            }
            training.endEpoch();
            return training.parameters();
        }
    }

    private ToyTraining training(NonFinitePolicy policy) {
        return training(loss(), monitor(policy), adamW());
    }

    private static ToyTraining training(Loss loss, CTCMonitor monitor, Optimizer optimizer) {
        Block block = layers(new LambdaBlock(x -> x));
        return ToyTraining.onNoise(
                block, loss, optimizer, new EvaluatorTrainingListener(), monitor);
    }

    /** Two linear layers, with a block between them. */
    private static SequentialBlock layers(Block middle) {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(5).build())
                .add(middle)
                .add(Linear.builder().setUnits(ToyNoise.CLASSES).build());
    }

    private static Optimizer adamW() {
        return Optimizer.adamW()
                .optLearningRateTracker(Tracker.fixed(0.01f))
                .optWeightDecays(0.05f)
                .build();
    }

    private static float trainingLoss(ToyTraining training) {
        Loss loss = training.trainer().getLoss();
        return loss.getAccumulator(EvaluatorTrainingListener.TRAIN_EPOCH);
    }

    private CTCMonitor monitor(NonFinitePolicy policy) {
        return CTCMonitor.builder()
                .optNonFinite(policy)
                .optClipper(new GradientNormClipper(5))
                .optSampleNames(index -> String.format(Locale.ROOT, "utterance %d", index))
                .optOnReport(reports::add)
                .build();
    }

    private static CTCLoss loss() {
        return CTCLoss.builder().optInfeasible(InfeasiblePolicy.KEEP_INFINITE).build();
    }

    private static ToyBatch batch(int step, int bad, Fault fault) {
        ToyBatch batch = ToyNoise.batch(step);
        if (step == bad) {
            fault.inject(batch);
        }
        return batch;
    }

    private static void assertAllFinite(List<float[]> parameters) {
        for (float[] values : parameters) {
            for (float value : values) {
                assertThat(value).isFinite();
            }
        }
    }
}
