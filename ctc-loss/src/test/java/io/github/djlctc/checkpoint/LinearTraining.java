package io.github.djlctc.checkpoint;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** Two linear layers in training; step n is the same for all instances. */
final class LinearTraining implements AutoCloseable {

    final Model model;
    final Trainer trainer;

    LinearTraining(Optimizer optimizer) {
        this(optimizer, 4);
    }

    LinearTraining(Optimizer optimizer, int hidden) {
        model = Model.newInstance("linear");
        model.setBlock(
                new SequentialBlock()
                        .add(Linear.builder().setUnits(hidden).build())
                        .add(Linear.builder().setUnits(3).build()));
        model.getNDManager().getEngine().setRandomSeed(5);
        trainer =
                model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss()).optOptimizer(optimizer));
        trainer.initialize(new Shape(2, 5));
    }

    void step(int number) {
        try (NDArray input = trainer.getManager().full(new Shape(2, 5), (float) Math.sin(number));
                NDArray target = trainer.getManager().ones(new Shape(2, 3))) {
            try (GradientCollector collector = trainer.newGradientCollector();
                    NDList output = trainer.forward(new NDList(input));
                    NDArray loss = trainer.getLoss().evaluate(new NDList(target), output)) {
                collector.backward(loss);
            }
            trainer.step();
        }
    }

    void steps(int from, int to) {
        IntStream.range(from, to).forEach(this::step);
    }

    /** The bits of all parameters. */
    List<ByteBuffer> parameters() {
        return model.getBlock().getParameters().values().stream()
                .map(parameter -> parameter.getArray().toByteBuffer(false))
                .toList();
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
