package io.github.djlctc.benchmarks;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.align.ForcedAligner;
import io.github.djlctc.decode.GreedyDecoder;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Forced alignment. */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AlignmentBenchmark {

    private static final int FRAMES = 1000;

    /** Twenty seconds of speech, and the text that greedy decoding finds in them. */
    @State(Scope.Benchmark)
    public static class Sample {

        private ForcedAligner aligner;
        private float[] emissions;
        private String text;

        /**
         * Makes the sample.
         *
         * @param speech where it comes from
         */
        @Setup
        public void prepare(Speech speech) {
            aligner = ForcedAligner.builder().setAlphabet(speech.alphabet()).build();
            emissions = speech.stretch(FRAMES);
            text = new GreedyDecoder(speech.alphabet()).decode(emissions, FRAMES).text();
        }
    }

    /**
     * Aligns 1,000 frames at once; the time grows with frames times tokens. One operation is one
     * frame.
     *
     * @param sample the emissions and the text
     * @return the alignment
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Alignment align(Sample sample) {
        return sample.aligner.align(sample.emissions, FRAMES, sample.text);
    }
}
