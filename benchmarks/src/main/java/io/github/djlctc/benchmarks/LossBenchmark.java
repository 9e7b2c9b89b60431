package io.github.djlctc.benchmarks;

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
 * The CTC loss by each algorithm, and by PyTorch's own operators alone. To compare them on a busy
 * machine, rather run {@code peers/compare_loss.py}, which takes them in turn.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Dai.djl.pytorch.num_threads=1")
public class LossBenchmark {

    /** PyTorch's operators, or an algorithm of the library. */
    @Param({"torch", "dense", "compact", "scaled"})
    public String contender;

    /** T, N, C and S, without separators that JMH would split at. */
    @Param({"50x8x32x10", "200x32x32x30"})
    public String size;

    private LossStep step;

    /** Makes a batch. */
    @Setup
    public void prepare() {
        step = new LossStep(LossContender.of(contender), LossSize.parse(size.replace('x', ',')));
    }

    /**
     * Computes the loss.
     *
     * @return the loss
     */
    @Benchmark
    public double forward() {
        return step.forward();
    }

    /**
     * Computes the loss and its gradient.
     *
     * @return the loss
     */
    @Benchmark
    public double forwardBackward() {
        return step.forwardBackward();
    }

    /** Closes the batch. */
    @TearDown
    public void close() {
        step.close();
    }
}
