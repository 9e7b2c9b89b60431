package io.github.djlctc.benchmarks;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.DecodeStream;

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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The frame loop of the beam search alone: ten seconds of speech go into a stream that has heard a
 * minute before. One operation is one frame. With {@code -prof gc}, what the loop allocates for a
 * frame; what JMH itself allocates in an iteration is counted too; {@link #nothing} measures it
 * alone.
 *
 * <p>Each iteration needs another stream, since arrays do double as the text grows. All are made
 * and warmed before the first iteration, which the profiler does not report.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 20)
@Fork(1)
public class FrameLoopBenchmark {

    private static final int WARM_UP_FRAMES = 3000;
    private static final int FRAMES = 500;

    /** The most iterations, those to warm up included. */
    private static final int STREAMS = 50;

    /** Streams that have heard a minute of speech, and the ten seconds that come next. */
    @State(Scope.Thread)
    public abstract static class WarmStreams {

        private final Deque<DecodeStream> streams = new ArrayDeque<>();
        private float[] frames;

        void prepare(Speech speech, BeamSearchDecoder decoder) {
            float[] minute = speech.stretch(WARM_UP_FRAMES);
            frames = speech.stretch(FRAMES);
            for (int i = 0; i < STREAMS; i++) {
                DecodeStream stream = decoder.openStream();
                stream.accept(minute, WARM_UP_FRAMES);
                streams.add(stream);
            }
        }

        DecodeStream accept() {
            DecodeStream stream = streams.remove();
            stream.accept(frames, FRAMES);
            return stream;
        }
    }

    /** Streams without a language model. */
    public static class Plain extends WarmStreams {

        /**
         * Makes the streams.
         *
         * @param speech what they hear
         * @param settings of the search
         */
        @Setup
        public void prepare(Speech speech, SearchSettings settings) {
            prepare(speech, settings.decoder(speech));
        }
    }

    /** Streams with a language model. */
    public static class WithLanguageModel extends WarmStreams {

        /**
         * Makes the streams.
         *
         * @param speech what they hear
         * @param settings of the search
         * @param ngrams the language model
         */
        @Setup
        public void prepare(Speech speech, SearchSettings settings, NGrams ngrams) {
            prepare(speech, settings.decoder(speech, ngrams));
        }
    }

    /** Measures what JMH allocates in an iteration, divided by the same number of frames. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void nothing() {}

    /**
     * The loop without a language model.
     *
     * @param streams the streams
     * @return the stream, so that nothing is optimized away
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public DecodeStream beamSearch(Plain streams) {
        return streams.accept();
    }

    /**
     * The loop with a language model of words.
     *
     * @param streams the streams
     * @return the stream, so that nothing is optimized away
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public DecodeStream beamSearchWithLanguageModel(WithLanguageModel streams) {
        return streams.accept();
    }
}
