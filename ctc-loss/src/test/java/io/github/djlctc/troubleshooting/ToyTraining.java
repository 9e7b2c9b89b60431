package io.github.djlctc.troubleshooting;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.Batchifier;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.loss.CTCLoss;
import io.github.djlctc.monitor.CTCMonitor;
import io.github.djlctc.monitor.EpochReport;
import io.github.djlctc.monitor.TrainingDiagnosis;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.GreedyBatchDecoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A small model in training on {@link ToyUtterances}. On the CPU, whose random numbers make the
 * same parameters on every machine.
 */
final class ToyTraining implements AutoCloseable {

    private static final int BATCH_SIZE = 16;
    private static final Alphabet ALPHABET = Alphabet.ofCharacters("abcd");

    final List<EpochReport> reports = new ArrayList<>();
    final Trainer trainer;
    final Model model;
    private final LastLoss lastLoss = new LastLoss();

    /** Listens to the loss of every batch. */
    private static final class LastLoss extends TrainingListenerAdapter {

        private double value;

        @Override
        public void onTrainingBatch(Trainer trainer, BatchData batch) {
            NDList labels = batch.getLabels().values().iterator().next();
            NDList predictions = batch.getPredictions().values().iterator().next();
            value = ((CTCLoss) trainer.getLoss()).losses(labels, predictions).reduced();
        }
    }

    /** Makes a training without a monitor. */
    static ToyTraining bare(Block block, CTCLoss loss, Tracker learningRate) {
        return new ToyTraining(block, loss, learningRate, null);
    }

    /** Makes a training whose epochs a monitor reports, with a patience of 3 epochs. */
    static ToyTraining monitored(Block block, CTCLoss loss, Tracker learningRate) {
        return new ToyTraining(block, loss, learningRate, CTCMonitor.builder().optPatience(3));
    }

    private ToyTraining(
            Block block, CTCLoss loss, Tracker learningRate, CTCMonitor.Builder monitor) {
        Engine.getInstance().setRandomSeed(3);
        model = Model.newInstance("toy", Device.cpu());
        model.setBlock(block);
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(loss)
                        .optDevices(new Device[] {Device.cpu()})
                        .optOptimizer(
                                Optimizer.adamW().optLearningRateTracker(learningRate).build())
                        .addTrainingListeners(lastLoss);
        if (monitor != null) {
            config.addTrainingListeners(monitor.optOnReport(reports::add).build());
        }
        trainer = model.newTrainer(config);
        trainer.initialize(new Shape(BATCH_SIZE, ToyUtterances.FRAMES, ToyUtterances.FEATURES));
    }

    /** Trains on the utterances as one batch, and returns the loss before the step. */
    double step(ToyUtterances utterances) {
        NDManager manager = trainer.getManager().newSubManager();
        int size = utterances.size;
        List<Long> indices = LongStream.range(0, size).boxed().toList();
        try (Batch batch =
                new Batch(
                        manager,
                        new NDList(utterances.features(manager)),
                        new NDList(utterances.targets(manager)),
                        size,
                        Batchifier.STACK,
                        Batchifier.STACK,
                        0,
                        1,
                        indices)) {
            EasyTrain.trainBatch(trainer, batch);
            trainer.step();
        }
        return lastLoss.value;
    }

    /** Trains for some epochs, and returns the mean loss of the last. */
    double fit(ToyUtterances utterances, int epochs) {
        double mean = Double.NaN;
        for (int epoch = 0; epoch < epochs; epoch++) {
            double total = 0;
            int batches = 0;
            for (int i = 0; i < utterances.size; i += BATCH_SIZE) {
                total += step(utterances.part(i, Math.min(i + BATCH_SIZE, utterances.size)));
                batches++;
            }
            trainer.notifyListeners(listener -> listener.onEpoch(trainer));
            mean = total / batches;
        }
        return mean;
    }

    List<TrainingDiagnosis> diagnoses() {
        return reports.stream().map(EpochReport::diagnosis).toList();
    }

    /** Returns the labels of every utterance by greedy decoding. */
    List<String> transcribe(ToyUtterances utterances) {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDList output = trainer.evaluate(new NDList(utterances.features(manager)));
            long[] lengths = new long[utterances.size];
            Arrays.fill(lengths, output.head().getShape().get(1));
            NDArray given = output.size() > 1 ? output.get(1) : manager.create(lengths);
            return new GreedyBatchDecoder(new GreedyDecoder(ALPHABET))
                    .decode(output.head(), given).stream().map(Hypothesis::text).toList();
        }
    }

    /** Returns the share of utterances that are transcribed without an error. */
    double accuracy(ToyUtterances utterances) {
        List<String> texts = transcribe(utterances);
        int right = 0;
        for (int n = 0; n < utterances.size; n++) {
            int[] ids = LongStream.of(utterances.targets[n]).mapToInt(Math::toIntExact).toArray();
            right += texts.get(n).equals(ALPHABET.decode(ids)) ? 1 : 0;
        }
        return right / (double) utterances.size;
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
