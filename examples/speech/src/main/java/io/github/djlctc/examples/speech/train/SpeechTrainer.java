package io.github.djlctc.examples.speech.train;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.training.tracker.WarmUpTracker;
import ai.djl.translate.TranslateException;

import io.github.djlctc.dataset.LengthBucketSampler;
import io.github.djlctc.examples.common.GracefulStop;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.training.CTCMonitor;
import io.github.djlctc.training.EpochReport;
import io.github.djlctc.training.GradientNormClipper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Trains an acoustic model with CTC, keeping the parameters of the best validation CER. */
final class SpeechTrainer {

    private static final float LENGTH_JITTER = 0.1f;

    private final SpeechModel model;
    private final TrainingOptions options;

    SpeechTrainer(SpeechModel model, TrainingOptions options) {
        this.model = model;
        this.options = options;
    }

    /**
     * Trains the model; afterwards it has the parameters of the best epoch, which are also saved.
     *
     * @param onEpoch told of every epoch
     */
    void train(
            List<PreparedUtterance> training,
            List<PreparedUtterance> validation,
            Augmentation augmentation,
            Consumer<EpochResult> onEpoch)
            throws IOException, TranslateException, MalformedModelException {
        SpeechDataset trainingSet = trainingSet(training, augmentation);
        Evaluator evaluator = new Evaluator(model);
        CTCLoss loss = CTCLoss.builder().optBlank(model.alphabet().blank()).build();
        List<EpochReport> reports = new ArrayList<>();
        CTCMonitor monitor =
                CTCMonitor.builder()
                        .optNonFinite(options.nonFinite())
                        .optClipper(new GradientNormClipper(options.maxGradientNorm()))
                        .optSampleNames(index -> trainingSet.utterance(index).id())
                        .optOnReport(reports::add)
                        .build();
        long steps = (long) options.epochs() * ceilDivide(training.size(), options.batchSize());
        Tracker learningRate = learningRate((int) Math.min(steps, Integer.MAX_VALUE));
        ExecutorService prefetching = Executors.newSingleThreadExecutor();
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(loss)
                        .optOptimizer(
                                Optimizer.adamW()
                                        .optLearningRateTracker(learningRate)
                                        .optWeightDecays(options.weightDecay())
                                        .build())
                        .optExecutorService(prefetching)
                        .addTrainingListeners(new EvaluatorTrainingListener(), monitor);
        try (GracefulStop stop = new GracefulStop();
                Trainer trainer = model.djlModel().newTrainer(config)) {
            trainer.initialize(new Shape(1, 100, model.extractor().dimensions()), new Shape(1));
            Best best = new Best();
            int step = 0;
            for (int epoch = 1; epoch <= options.epochs(); epoch++) {
                long start = System.nanoTime();
                trainEpoch(trainer, trainingSet, monitor, epoch, stop);
                step += ceilDivide(training.size(), options.batchSize());
                double trainingLoss = loss.getAccumulator(EvaluatorTrainingListener.TRAIN_EPOCH);
                Evaluation evaluation = evaluator.evaluate(validation);
                trainer.notifyListeners(listener -> listener.onEpoch(trainer));
                boolean improved = best.improvedBy(epoch, evaluation);
                if (improved) {
                    model.save(options.folder());
                }
                onEpoch.accept(
                        new EpochResult(
                                epoch,
                                trainingLoss,
                                evaluation,
                                reports.get(reports.size() - 1),
                                learningRate.getNewValue(step),
                                (System.nanoTime() - start) / 1e9,
                                improved));
                if (epoch - best.epoch >= options.patience()) {
                    break;
                }
            }
        } finally {
            prefetching.shutdownNow();
        }
        model.loadParameters(options.folder());
    }

    private void trainEpoch(
            Trainer trainer,
            SpeechDataset dataset,
            CTCMonitor monitor,
            int epoch,
            GracefulStop stop)
            throws IOException, TranslateException {
        String task = String.format(Locale.ROOT, "epoch %d/%d", epoch, options.epochs());
        try (ConsoleProgress progress = ConsoleProgress.start(task, dataset.size(), "utterances")) {
            for (Batch batch : trainer.iterateDataset(dataset)) {
                try (batch) {
                    EasyTrain.trainBatch(trainer, batch);
                    if (monitor.shouldStep()) {
                        trainer.step();
                    }
                    progress.stepBy(batch.getSize());
                    float loss =
                            trainer.getLoss().getAccumulator(EvaluatorTrainingListener.TRAIN_EPOCH);
                    progress.message(String.format(Locale.ROOT, "loss %.3f", loss));
                }
                if (stop.isRequested()) {
                    throw new CancellationException(
                            "training was stopped in epoch "
                                    + epoch
                                    + "; the best model so far is in "
                                    + options.folder());
                }
            }
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

    private SpeechDataset trainingSet(
            List<PreparedUtterance> utterances, Augmentation augmentation) {
        LengthBucketSampler sampler =
                LengthBucketSampler.builder()
                        .setLengths(lengths(utterances))
                        .optBatchSize(options.batchSize())
                        .optSeed(options.seed())
                        .optLengthJitter(LENGTH_JITTER)
                        .build();
        return SpeechDataset.builder(utterances, model.extractor())
                .setSampling(sampler)
                .optAugmentation(augmentation, options.seed())
                .build();
    }

    private static int[] lengths(List<PreparedUtterance> utterances) {
        return utterances.stream().mapToInt(PreparedUtterance::frames).toArray();
    }

    private static int ceilDivide(int a, int b) {
        return (a + b - 1) / b;
    }

    private static final class Best {

        private static final Comparator<Evaluation> ORDER =
                Comparator.comparingDouble((Evaluation e) -> e.characters().rate())
                        .thenComparingDouble(Evaluation::loss);

        private int epoch;
        private Evaluation evaluation;

        /** Lower validation CER wins, and the lower loss among equals. */
        boolean improvedBy(int candidateEpoch, Evaluation candidate) {
            boolean improved = evaluation == null || ORDER.compare(candidate, evaluation) < 0;
            if (improved) {
                epoch = candidateEpoch;
                evaluation = candidate;
            }
            return improved;
        }
    }
}
