package io.github.djlctc.replica;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;

import io.github.djlctc.checkpoint.ResumableAdamW;
import io.github.djlctc.checkpoint.StepRandomness;
import io.github.djlctc.host.HostArrays;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A model in training by replicas on the CPU; step n is the same whatever trains. */
final class ReplicaTraining implements AutoCloseable {

    static final int CLASSES = 7;
    static final int FRAMES = 12;
    static final int FEATURES = 5;

    /** DJL's own trainer. */
    static final int PLAIN = 0;

    private final Model model;
    private final Trainer trainer;
    private final ResumableAdamW optimizer = ResumableAdamW.builder().build();
    private final StepRandomness randomness = new StepRandomness(3);

    /**
     * Starts a training.
     *
     * @param replicas the number of replicas, or {@link #PLAIN}
     */
    ReplicaTraining(Block block, Loss loss, DataType type, int replicas) {
        Engine.getInstance().setRandomSeed(11);
        model = Model.newInstance("replicas", Device.cpu());
        model.setBlock(block);
        model.setDataType(type);
        DefaultTrainingConfig config =
                new DefaultTrainingConfig(loss)
                        .optOptimizer(optimizer)
                        .optDevices(new Device[] {Device.cpu()});
        trainer =
                replicas == PLAIN
                        ? model.newTrainer(config)
                        : ReplicaTrainer.of(model, config, replicas);
        trainer.initialize(new Shape(1, FRAMES, FEATURES), new Shape(1));
    }

    Trainer trainer() {
        return trainer;
    }

    /**
     * Propagates a batch of so many samples back.
     *
     * @return the loss, the logits and the gradients of all parameters
     */
    List<double[]> gradients(int step, int samples) {
        randomness.beginStep(step);
        List<double[]> values = new ArrayList<>();
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDList labels = labels(manager, step, samples);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDList output = trainer.forward(data(manager, step, samples), labels);
                NDArray loss = trainer.getLoss().evaluate(labels, output);
                values.add(doubles(loss));
                values.add(doubles(output.head()));
                collector.backward(loss);
            }
            for (NDArray parameter : parameters()) {
                try (NDArray gradient = parameter.getGradient()) {
                    values.add(doubles(gradient));
                }
            }
        }
        return values;
    }

    /** Trains on a batch of so many samples. */
    void step(int step, int samples) {
        gradients(step, samples);
        optimizer.updateAll(model.getBlock());
    }

    /** Returns the values of all parameters, also those that are not trained. */
    List<double[]> values() {
        List<double[]> values = new ArrayList<>();
        model.getBlock().getParameters().values().forEach(p -> values.add(doubles(p.getArray())));
        return values;
    }

    private List<NDArray> parameters() {
        return model.getBlock().getParameters().values().stream()
                .filter(parameter -> parameter.requiresGradient())
                .map(parameter -> parameter.getArray())
                .toList();
    }

    private static double[] doubles(NDArray array) {
        try (NDArray flat = array.toType(DataType.FLOAT64, true)) {
            return HostArrays.readDoubles(flat);
        }
    }

    private NDList data(NDManager manager, int step, int samples) {
        Random random = new Random(100 + step);
        double[] frames = random.doubles((long) samples * FRAMES * FEATURES, -1, 1).toArray();
        long[] lengths = random.longs(samples, 6, FRAMES + 1).toArray();
        NDArray features =
                manager.create(frames, new Shape(samples, FRAMES, FEATURES))
                        .toType(model.getDataType(), false);
        return new NDList(features, manager.create(lengths));
    }

    private static NDList labels(NDManager manager, int step, int samples) {
        Random random = new Random(200 + step);
        long[] targets = random.longs(samples * 2L, 1, CLASSES).toArray();
        long[] lengths = random.longs(samples, 1, 3).toArray();
        return new NDList(manager.create(targets, new Shape(samples, 2)), manager.create(lengths));
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
