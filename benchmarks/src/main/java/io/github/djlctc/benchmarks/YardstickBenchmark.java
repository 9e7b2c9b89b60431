package io.github.djlctc.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * Plain arithmetic that uses nothing of the library. Its time tells how fast a core is, so that
 * figures of different machines can be compared: divide them by it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class YardstickBenchmark {

    private static final int STEPS = 10_000;

    /** Where the arithmetic starts; not a constant, so that it is not done by the compiler. */
    @State(Scope.Thread)
    public static class Start {

        double value = 0.3;
    }

    /**
     * Multiplications and additions, each of which waits for the one before. One operation is one
     * step of the logistic map.
     *
     * @param start where to start
     * @return where the steps end
     */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public double logisticMap(Start start) {
        double value = start.value;
        for (int i = 0; i < STEPS; i++) {
            value = 3.9 * value * (1 - value);
        }
        return value;
    }
}
