package io.github.djlctc.testing;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.Batchifier;

import io.github.djlctc.loss.CTCLoss;

import java.util.ArrayList;
import java.util.List;

/** A small model in training, with the same first parameters every time. */
public final class ToyTraining implements AutoCloseable {

    private static final int SEED = 3;
    private static final int BATCH_SIZE = 16;

    private final Model model;
    private final Trainer trainer;
    private final LastLoss lastLoss = new LastLoss();

    /** Listens to the loss of every batch. */
    private static final class LastLoss extends TrainingListenerAdapter {

        private double value = Double.NaN;

        @Override
        public void onTrainingBatch(Trainer trainer, BatchData batch) {
            if (trainer.getLoss() instanceof CTCLoss loss) {
                NDList labels = batch.getLabels().values().iterator().next();
                NDList predictions = batch.getPredictions().values().iterator().next();
                value = loss.losses(labels, predictions).reduced();
            }
        }
    }

    /**
     * Makes a trainer.
     *
     * @param device the device, or null for the engine's choice
     * @param block the model
     * @param config the loss, the optimizer and the listeners
     * @param inputs the shapes of a batch
     */
    public ToyTraining(Device device, Block block, DefaultTrainingConfig config, Shape... inputs) {
        Engine.getInstance().setRandomSeed(SEED);
        model = Model.newInstance("toy", device);
        model.setBlock(block);
        if (device != null) {
            config.optDevices(new Device[] {device});
        }
        trainer = model.newTrainer(config.addTrainingListeners(lastLoss));
        trainer.initialize(inputs);
    }

    /** Makes a training on batches of {@link ToyNoise}. */
    public static ToyTraining onNoise(
            Block block, Loss loss, Optimizer optimizer, TrainingListener... listeners) {
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(loss)
                        .optOptimizer(optimizer)
                        .addTrainingListeners(listeners);
        Shape input = new Shape(ToyNoise.SAMPLES, ToyNoise.FRAMES, ToyNoise.FEATURES);
        return new ToyTraining(null, block, config, input);
    }

    /**
     * Makes a training on {@link ToyUtterances}, by AdamW. It is on the CPU, whose random numbers
     * make the same parameters on every machine.
     */
    public static ToyTraining onUtterances(
            Block block, CTCLoss loss, Tracker learningRate, TrainingListener... listeners) {
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(loss)
                        .optOptimizer(
                                Optimizer.adamW().optLearningRateTracker(learningRate).build())
                        .addTrainingListeners(listeners);
        Shape input = new Shape(BATCH_SIZE, ToyUtterances.FRAMES, ToyUtterances.FEATURES);
        return new ToyTraining(Device.cpu(), block, config, input);
    }

    public Model model() {
        return model;
    }

    public Trainer trainer() {
        return trainer;
    }

    /** Runs back-propagation and the listeners, without a step of the optimizer. */
    public void backward(ToyBatch samples) {
        NDManager manager = trainer.getManager().newSubManager();
        try (Batch batch =
                new Batch(
                        manager,
                        new NDList(samples.features(manager)),
                        new NDList(samples.targets(manager)),
                        samples.size(),
                        Batchifier.STACK,
                        Batchifier.STACK,
                        0,
                        1,
                        samples.indices())) {
            EasyTrain.trainBatch(trainer, batch);
        }
    }

    /** Trains on a batch, and returns the loss before the step. */
    public double step(ToyBatch samples) {
        backward(samples);
        trainer.step();
        return lastLoss.value;
    }

    /** Trains for some epochs in batches of 16, and returns the mean loss of the last epoch. */
    public double fit(ToyBatch samples, int epochs) {
        double mean = Double.NaN;
        for (int epoch = 0; epoch < epochs; epoch++) {
            double total = 0;
            int batches = 0;
            for (int i = 0; i < samples.size(); i += BATCH_SIZE) {
                total += step(samples.part(i, Math.min(i + BATCH_SIZE, samples.size())));
                batches++;
            }
            endEpoch();
            mean = total / batches;
        }
        return mean;
    }

    /** Tells the listeners that an epoch has ended. */
    public void endEpoch() {
        trainer.notifyListeners(listener -> listener.onEpoch(trainer));
    }

    /** Returns the values of all parameters. */
    public List<float[]> parameters() {
        List<float[]> values = new ArrayList<>();
        for (Parameter parameter : model.getBlock().getParameters().values()) {
            values.add(parameter.getArray().toFloatArray());
        }
        return values;
    }

    /** Sets the values of all parameters. */
    public void setParameters(List<float[]> values) {
        int i = 0;
        for (Parameter parameter : model.getBlock().getParameters().values()) {
            parameter.getArray().set(values.get(i++));
        }
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
