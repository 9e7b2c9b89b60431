package io.github.djlctc.examples.common.train;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener.BatchData;
import ai.djl.training.loss.Loss;
import ai.djl.training.tracker.Tracker;
import ai.djl.training.tracker.WarmUpTracker;

import io.github.djlctc.checkpoint.CheckpointMean;
import io.github.djlctc.checkpoint.ResumableAdamW;
import io.github.djlctc.checkpoint.StepRandomness;
import io.github.djlctc.checkpoint.TrainingPosition;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.examples.common.GracefulStop;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.train.StepClock.Part;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.loss.ConsistencyLoss;
import io.github.djlctc.monitor.CTCMonitor;
import io.github.djlctc.monitor.EpochReport;
import io.github.djlctc.monitor.GradientNormClipper;
import io.github.djlctc.monitor.NonFiniteStepException;
import io.github.djlctc.replica.ReplicaTrainer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Trains a model with CTC, keeping the parameters of the best validation errors. */
final class RecognitionTrainer {

    /** The figures of one step. */
    private static final String STEP = "step";

    private final RecognitionModel model;
    private final String unit;
    private final TrainingOptions options;
    private final CheckpointPlan plan;
    private final BatchLoader loader;
    private final StepRandomness randomness;

    RecognitionTrainer(
            RecognitionModel model,
            String unit,
            TrainingOptions options,
            CheckpointPlan plan,
            BatchLoader loader) {
        this.model = model;
        this.unit = unit;
        this.options = options;
        this.plan = plan;
        this.loader = loader;
        randomness = new StepRandomness(options.seed());
    }

    /**
     * Trains the model; afterwards it has the parameters of the best epoch, which are also saved.
     *
     * @param onEpoch told of every epoch
     * @param onMean told of the mean of the best epochs, if it is wanted
     * @return all epochs, also those before a resume
     */
    List<EpochResult> train(
            List<PreparedSample> training,
            List<PreparedSample> validation,
            Consumer<EpochResult> onEpoch,
            Consumer<MeanResult> onMean)
            throws IOException, MalformedModelException {
        SampleDataset trainingSet =
                SampleDataset.ofTraining(
                        training,
                        model.dimensions(),
                        options.batches(),
                        options.seed(),
                        options.views());
        Evaluator evaluator = new Evaluator(model, loader);
        CTCLoss loss = CTCLoss.builder().optBlank(model.alphabet().blank()).build();
        List<EpochReport> reports = new ArrayList<>();
        long steps = options.epochs() * trainingSet.batches();
        Tracker learningRate = learningRate((int) Math.min(steps, Integer.MAX_VALUE));
        ResumableAdamW optimizer =
                ResumableAdamW.builder()
                        .optLearningRateTracker(learningRate)
                        .optWeightDecays(options.weightDecay())
                        .build();
        CTCMonitor monitor =
                CTCMonitor.builder()
                        .optNonFinite(options.nonFinite())
                        .optClipper(new GradientNormClipper(options.maxGradientNorm()))
                        .optSampleNames(index -> trainingSet.sample(index).id())
                        .optLearningRate(() -> learningRate.getNewValue(optimizer.updates()))
                        .optOnReport(reports::add)
                        .build();
        DefaultTrainingConfig config =
                config(loss)
                        .optOptimizer(optimizer)
                        // In this order, a step waits for the device only once.
                        .addTrainingListeners(monitor, new EvaluatorTrainingListener());
        Averaging averaging = options.averaging();
        try (GracefulStop stop = new GracefulStop();
                Trainer trainer = newTrainer(config);
                RunAverage average =
                        new RunAverage(model.djlModel().getBlock(), averaging.decay())) {
            trainer.initialize(model.inputShapes());
            average.begin();
            RunCheckpoints checkpoints =
                    new RunCheckpoints(
                            model,
                            optimizer,
                            monitor,
                            average,
                            averaging.bestEpochs(),
                            plan,
                            training);
            TrainingState state = checkpoints.begin();
            EpochHistory history = new EpochHistory(options.folder(), state.position().epoch());
            Run run = new Run(trainer, optimizer, monitor, average, checkpoints, state, stop);
            while (!state.isFinished(options)) {
                long start = System.nanoTime();
                StepTimes times = trainEpoch(run, trainingSet);
                Double consistency = state.consistency();
                Evaluation evaluation = validate(run, evaluator, validation);
                trainer.notifyListeners(listener -> listener.onEpoch(trainer));
                EpochReport report = reports.get(reports.size() - 1);
                boolean improved = state.endEpoch(evaluation);
                if (improved) {
                    save(average);
                }
                EpochResult result =
                        new EpochResult(
                                state.position().epoch(),
                                report.statistics().loss(),
                                evaluation.loss(),
                                evaluation.characters(),
                                evaluation.words(),
                                report.statistics(),
                                report.diagnosis(),
                                learningRate.getNewValue(optimizer.updates()),
                                (System.nanoTime() - start) / 1e9,
                                times,
                                consistency,
                                improved);
                // Before the checkpoint: a resumed run drops epochs that its checkpoint does not
                // have.
                history.add(result);
                checkpoints.saveEpoch(state, evaluation, options);
                onEpoch.accept(result);
            }
            measureMean(run, history.epochs(), evaluator, validation).ifPresent(onMean);
            model.loadParameters(options.folder());
            return history.epochs();
        }
    }

    private Trainer newTrainer(TrainingConfig config) {
        int replicas = options.replicasOn(config.getDevices()[0]);
        return ReplicaTrainer.of(model.djlModel(), config, replicas);
    }

    private void save(RunAverage average) throws IOException {
        average.evaluated(
                () -> {
                    model.save(options.folder());
                    return options.folder();
                });
    }

    /** Measures the mean of the best epochs, and saves it as the model if it is better than all. */
    private Optional<MeanResult> measureMean(
            Run run, List<EpochResult> epochs, Evaluator evaluator, List<PreparedSample> validation)
            throws IOException {
        Optional<CheckpointMean> mean =
                run.checkpoints().meanOfBest(epochs, run.state().position().epoch());
        if (mean.isEmpty()) {
            return Optional.empty();
        }
        mean.get().load(model.djlModel().getBlock());
        Evaluation evaluation = evaluator.evaluate(validation);
        boolean best = run.state().isImprovement(evaluation);
        if (best) {
            model.save(options.folder());
        }
        return Optional.of(new MeanResult(mean.get().files().size(), evaluation, best));
    }

    private DefaultTrainingConfig config(CTCLoss loss) {
        Loss trained = model.trainingLoss(loss);
        if (options.views() == 1) {
            return new DefaultTrainingConfig(trained);
        }
        if (trained != loss) {
            throw new IllegalArgumentException(
                    "this model is trained by " + trained.getName() + ", which takes one view");
        }
        return new DefaultTrainingConfig(new ConsistencyLoss(loss, options.consistencyWeight()));
    }

    private static Evaluation validate(
            Run run, Evaluator evaluator, List<PreparedSample> validation) throws IOException {
        run.monitor().checkParameters(run.trainer());
        try {
            return run.average().evaluated(() -> evaluator.evaluate(validation));
        } catch (InvalidEmissionException e) {
            NonFiniteStepException diverged = run.monitor().outputNotFinite();
            diverged.addSuppressed(e);
            throw diverged;
        }
    }

    /** Trains on the batches of the epoch that are not done yet. */
    private StepTimes trainEpoch(Run run, SampleDataset dataset) throws IOException {
        Trainer trainer = run.trainer();
        TrainingPosition start = run.state().position();
        dataset.sampler().setPosition(start.epoch(), start.batch());
        StepClock clock = new StepClock();
        String task =
                String.format(Locale.ROOT, "epoch %d/%d", start.epoch() + 1, options.epochs());
        try (ConsoleProgress progress = ConsoleProgress.start(task, dataset.size(), unit);
                BatchStream batches = loader.load(dataset, trainer.getManager())) {
            progress.stepBy(run.state().samples());
            Optional<Batch> next = batches.next();
            while (next.isPresent()) {
                clock.end(Part.WAITING);
                try (Batch batch = next.get()) {
                    List<?> samples = batch.getIndices().subList(0, batch.getSize());
                    BatchMemoryException.guard(
                            dataset, samples, () -> trainBatch(run, batch, clock));
                    progress.stepBy(batch.getSize());
                }
                clock.end(Part.UPDATE);
                progress.message(figures(run));
                saveIfDue(run);
                clock.skip();
                next = batches.next();
            }
            return clock.times();
        }
    }

    /** Returns the means of the epoch so far. */
    private static String figures(Run run) {
        String key = EvaluatorTrainingListener.TRAIN_EPOCH;
        StringBuilder figures = new StringBuilder();
        figures.append(
                String.format(
                        Locale.ROOT, "loss %.3f", run.trainer().getLoss().getAccumulator(key)));
        Double consistency = run.state().consistency();
        if (consistency != null) {
            figures.append(String.format(Locale.ROOT, ", consistency %.3f", consistency));
        }
        return figures.toString();
    }

    /** As far as the loss has one. */
    private static void addConsistency(Run run, BatchData results, int size) {
        if (run.trainer().getLoss() instanceof ConsistencyLoss both) {
            Device device = run.trainer().getDevices()[0];
            var figures = both.consistency();
            figures.addAccumulator(STEP);
            figures.updateAccumulator(
                    STEP, results.getLabels().get(device), results.getPredictions().get(device));
            float mean = figures.getAccumulator(STEP);
            if (!Float.isNaN(mean)) {
                run.state().addConsistency(mean, size);
            }
        }
    }

    private void trainBatch(Run run, Batch batch, StepClock clock) {
        Trainer trainer = run.trainer();
        randomness.beginStep(run.optimizer().updates());
        BatchData results = propagateBack(trainer, batch, clock);
        trainer.notifyListeners(listener -> listener.onTrainingBatch(trainer, results));
        if (run.monitor().shouldStep()) {
            // Before the update, which a device would have to end first.
            addConsistency(run, results, batch.getSize());
            run.optimizer().updateAll(trainer.getModel().getBlock());
            run.average().update();
        }
        run.state().addBatch(batch.getSize());
    }

    // DJL's EasyTrain would copy targets and lengths to the device, and the model and the loss
    // would have to wait for the device to read them.
    private static BatchData propagateBack(Trainer trainer, Batch batch, StepClock clock) {
        Device device = trainer.getDevices()[0];
        NDList labels = batch.getLabels();
        NDList predictions;
        try (GradientCollector collector = collector(trainer::newGradientCollector)) {
            predictions = trainer.forward(batch.getData(), labels);
            clock.end(Part.FORWARD);
            collector.backward(trainer.getLoss().evaluate(labels, predictions));
            clock.end(Part.BACKWARD);
        }
        return new BatchData(batch, Map.of(device, labels), Map.of(device, predictions));
    }

    /** Opens a collector, of which DJL allows a JVM one at a time. */
    static GradientCollector collector(Supplier<GradientCollector> opening) {
        try {
            return opening.get();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "another training collects gradients in this JVM, and DJL allows one"
                            + " GradientCollector at a time: train one after the other, or in"
                            + " processes of their own",
                    e);
        }
    }

    private void saveIfDue(Run run) throws IOException {
        boolean isStopped = run.stop().isRequested();
        if (isStopped || run.checkpoints().isDue(run.state())) {
            // A checkpoint that cannot be gone on with must not take the place of one that can.
            run.monitor().checkParameters(run.trainer());
            run.checkpoints().save(run.state());
        }
        if (isStopped) {
            throw run.stop()
                    .stopped(
                            "training was stopped in epoch "
                                    + (run.state().position().epoch() + 1)
                                    + "; go on with train --resume --model "
                                    + options.folder());
        }
    }

    private Tracker learningRate(int steps) {
        int warmUp = Math.min(options.warmUpSteps(), steps);
        return WarmUpTracker.builder()
                .optWarmUpSteps(warmUp)
                .setMainTracker(
                        Tracker.cosine()
                                .setBaseValue(options.learningRate())
                                .optFinalValue(0)
                                .setMaxUpdates(Math.max(1, steps - warmUp))
                                .build())
                .build();
    }

    private record Run(
            Trainer trainer,
            ResumableAdamW optimizer,
            CTCMonitor monitor,
            RunAverage average,
            RunCheckpoints checkpoints,
            TrainingState state,
            GracefulStop stop) {}
}
