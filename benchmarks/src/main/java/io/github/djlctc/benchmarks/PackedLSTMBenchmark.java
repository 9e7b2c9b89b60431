package io.github.djlctc.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;

import io.github.djlctc.nn.PackedLSTM;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Two bidirectional layers on sequences of which the shortest has 85 % of the frames of the
 * longest. {@code peers/time_packed_lstm.py} times the same in Python.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Dai.djl.pytorch.num_threads=1")
public class PackedLSTMBenchmark {

    private static final double SHORTEST = 0.85;

    /** N, T, F and H, without separators that JMH would split at. */
    @Param({"16x150x192x128", "16x150x960x128", "32x60x512x128"})
    public String size;

    private NDManager manager;
    private PackedLSTM lstm;
    private NDList inputs;
    private NDArray weight;

    /** Makes the layers and a batch. */
    @Setup
    public void prepare() {
        String[] sizes = size.split("x", -1);
        int samples = Integer.parseInt(sizes[0]);
        int frames = Integer.parseInt(sizes[1]);
        int stateSize = Integer.parseInt(sizes[3]);
        Engine.getInstance().setRandomSeed(1);
        manager = NDManager.newBaseManager();
        NDArray input =
                manager.randomNormal(new Shape(samples, frames, Integer.parseInt(sizes[2])));
        input.setRequiresGradient(true);
        inputs = new NDList(input, manager.create(lengths(samples, frames)));
        weight = manager.randomNormal(new Shape(samples, frames, 2L * stateSize));
        lstm = PackedLSTM.builder().setStateSize(stateSize).optLayers(2).build();
        lstm.initialize(manager, DataType.FLOAT32, input.getShape(), new Shape(samples));
    }

    private static long[] lengths(int samples, int frames) {
        long[] lengths = new long[samples];
        for (int n = 0; n < samples; n++) {
            lengths[n] = Math.round(frames * (1 - (1 - SHORTEST) * n / (samples - 1)));
        }
        return lengths;
    }

    /**
     * Computes the states, as for recognition.
     *
     * @return the first number of the states
     */
    @Benchmark
    public float forward() {
        try (NDManager step = manager.newSubManager()) {
            NDList output = lstm.forward(new ParameterStore(step, false), inputs, false);
            try (NDArray states = output.head()) {
                return states.getFloat(0, 0, 0);
            }
        }
    }

    /**
     * Computes the states and the gradients of the input and the parameters.
     *
     * @return the sum that is differentiated, read after back-propagation
     */
    @Benchmark
    public float forwardBackward() {
        try (NDManager step = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList output = lstm.forward(new ParameterStore(step, false), inputs, true);
            try (NDArray states = output.head();
                    NDArray product = states.mul(weight);
                    NDArray sum = product.sum()) {
                collector.backward(sum);
                return sum.getFloat();
            }
        }
    }

    /** Closes the layers and the batch. */
    @TearDown
    public void close() {
        manager.close();
    }
}
