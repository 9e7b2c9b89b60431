package io.github.djlctc.benchmarks;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;

import io.github.djlctc.checkpoint.ResumableAdamW;
import io.github.djlctc.examples.speech.model.AcousticModel;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.monitor.GradientNormClipper;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * What comes after back-propagation in a step of the speech example: the norm of the gradients, and
 * the update of its 26 (small) or 34 (large) parameters.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Dai.djl.pytorch.num_threads=1")
public class OptimizerBenchmark {

    private static final int FEATURES = 40;
    private static final int CLASSES = 29;

    /** Channels, state size, layers and subsampling, without separators that JMH would split at. */
    @Param({"96x128x2x2", "160x160x2x2", "256x320x3x3"})
    public String size;

    private final ResumableAdamW optimizer = ResumableAdamW.builder().build();
    private final GradientNormClipper clipper = new GradientNormClipper(1e9f);
    private final GradientNormClipper clipping = new GradientNormClipper(1e-3f);
    private Model model;
    private Trainer trainer;

    /** Makes the model, and goes through back-propagation once. */
    @Setup
    public void prepare() {
        String[] sizes = size.split("x", -1);
        Engine.getInstance().setRandomSeed(1);
        model = Model.newInstance("recogniser");
        model.setBlock(
                new AcousticModel(
                        new ModelSize(
                                Integer.parseInt(sizes[0]),
                                Integer.parseInt(sizes[1]),
                                Integer.parseInt(sizes[2]),
                                Integer.parseInt(sizes[3]),
                                0),
                        CLASSES));
        trainer =
                model.newTrainer(new DefaultTrainingConfig(Loss.l2Loss()).optOptimizer(optimizer));
        trainer.initialize(new Shape(1, 100, FEATURES), new Shape(1));
        try (NDManager manager = trainer.getManager().newSubManager();
                GradientCollector collector = trainer.newGradientCollector()) {
            NDArray features = manager.randomNormal(new Shape(2, 60, FEATURES));
            NDArray lengths = manager.create(new long[] {60, 50});
            NDList output = trainer.forward(new NDList(features, lengths));
            collector.backward(output.head().square().sum());
        }
    }

    /**
     * Adds to the gradients; otherwise the moments would become denormal numbers, which are slow.
     */
    @Setup(Level.Invocation)
    public void addToGradients() {
        for (Parameter parameter : model.getBlock().getParameters().values()) {
            try (NDArray gradient = parameter.getArray().getGradient()) {
                gradient.addi(0.01f);
            }
        }
    }

    /** Updates the parameters one by one, as DJL does. */
    @Benchmark
    public void trainerStep() {
        trainer.step();
    }

    /** Updates the parameters by one program. */
    @Benchmark
    public void updateAll() {
        optimizer.updateAll(model.getBlock());
    }

    /**
     * Computes the norm, which is below the limit.
     *
     * @return the norm
     */
    @Benchmark
    public float norm() {
        clipper.onTrainingBatch(trainer, null);
        return clipper.norm();
    }

    /**
     * Computes the norm, and scales the gradients.
     *
     * @return the norm before that
     */
    @Benchmark
    public float clip() {
        clipping.onTrainingBatch(trainer, null);
        return clipping.norm();
    }

    /** Closes the model. */
    @TearDown
    public void close() {
        trainer.close();
        model.close();
    }
}
