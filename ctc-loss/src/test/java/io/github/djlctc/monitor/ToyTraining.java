package io.github.djlctc.monitor;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.Batchifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A tiny model that is trained on batches of its own, one after another. */
final class ToyTraining implements AutoCloseable {

    static final int SAMPLES = 4;
    static final int FRAMES = 8;
    static final int FEATURES = 3;
    static final int CLASSES = 4;

    final Model model;
    final Trainer trainer;

    /** A batch on the host. */
    static final class HostBatch {

        private final float[] features;
        private final long[] targets;
        private final List<Long> indices;

        private HostBatch(float[] features, long[] targets, List<Long> indices) {
            this.features = features;
            this.targets = targets;
            this.indices = indices;
        }

        /** Frames of noise, with targets of two or three labels that fit into them. */
        static HostBatch of(int step) {
            Random random = new Random(step);
            float[] features = new float[SAMPLES * FRAMES * FEATURES];
            for (int i = 0; i < features.length; i++) {
                features[i] = (float) random.nextGaussian();
            }
            long[] targets = new long[SAMPLES * FRAMES];
            List<Long> indices = new ArrayList<>();
            for (int n = 0; n < SAMPLES; n++) {
                for (int s = 0; s < FRAMES; s++) {
                    targets[n * FRAMES + s] = s < 2 + n % 2 ? 1 + random.nextInt(CLASSES - 1) : -1;
                }
                indices.add((long) step * SAMPLES + n);
            }
            return new HostBatch(features, targets, indices);
        }

        void setFeature(int sample, int frame, int feature, float value) {
            features[(sample * FRAMES + frame) * FEATURES + feature] = value;
        }

        void scale(int sample, float factor) {
            for (int i = 0; i < FRAMES * FEATURES; i++) {
                features[sample * FRAMES * FEATURES + i] *= factor;
            }
        }

        void setTarget(int sample, long... labels) {
            for (int s = 0; s < FRAMES; s++) {
                targets[sample * FRAMES + s] = s < labels.length ? labels[s] : -1;
            }
        }

        /** The samples as a data set with batches of one. */
        ArrayDataset dataset(NDManager manager) {
            return new ArrayDataset.Builder()
                    .setData(manager.create(features, new Shape(SAMPLES, FRAMES, FEATURES)))
                    .optLabels(manager.create(targets, new Shape(SAMPLES, FRAMES)))
                    .setSampling(1, false)
                    .build();
        }

        /** Makes the target one of equal labels, which needs twice as many frames less one. */
        void setLongTarget(int sample) {
            for (int s = 0; s < FRAMES; s++) {
                targets[sample * FRAMES + s] = 1;
            }
        }
    }

    ToyTraining(Loss loss, CTCMonitor monitor, Optimizer optimizer) {
        this(loss, monitor, optimizer, new LambdaBlock(x -> x));
    }

    /**
     * Makes the trainer.
     *
     * @param middle stands between the two linear layers
     */
    ToyTraining(Loss loss, CTCMonitor monitor, Optimizer optimizer, Block middle) {
        Engine.getInstance().setRandomSeed(3);
        model = Model.newInstance("toy");
        model.setBlock(
                new SequentialBlock()
                        .add(Linear.builder().setUnits(5).build())
                        .add(middle)
                        .add(Linear.builder().setUnits(CLASSES).build()));
        trainer =
                model.newTrainer(
                        new DefaultTrainingConfig(loss)
                                .optOptimizer(optimizer)
                                .addTrainingListeners(new EvaluatorTrainingListener(), monitor));
        trainer.initialize(new Shape(SAMPLES, FRAMES, FEATURES));
    }

    static Optimizer adamW() {
        return Optimizer.adamW()
                .optLearningRateTracker(Tracker.fixed(0.01f))
                .optWeightDecays(0.05f)
                .build();
    }

    void backward(HostBatch host) {
        backward(trainer, host);
    }

    /** Runs back-propagation and the listeners. */
    static void backward(Trainer trainer, HostBatch host) {
        NDManager manager = trainer.getManager().newSubManager();
        NDList data =
                new NDList(manager.create(host.features, new Shape(SAMPLES, FRAMES, FEATURES)));
        NDList labels = new NDList(manager.create(host.targets, new Shape(SAMPLES, FRAMES)));
        try (Batch batch =
                new Batch(
                        manager,
                        data,
                        labels,
                        SAMPLES,
                        Batchifier.STACK,
                        Batchifier.STACK,
                        0,
                        1,
                        host.indices)) {
            EasyTrain.trainBatch(trainer, batch);
        }
    }

    float trainingLoss() {
        return trainer.getLoss().getAccumulator(EvaluatorTrainingListener.TRAIN_EPOCH);
    }

    void endEpoch() {
        trainer.notifyListeners(listener -> listener.onEpoch(trainer));
    }

    List<float[]> parameters() {
        List<float[]> values = new ArrayList<>();
        for (Parameter parameter : model.getBlock().getParameters().values()) {
            values.add(parameter.getArray().toFloatArray());
        }
        return values;
    }

    void setParameters(List<float[]> values) {
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
