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
 * The frame loop of the beam search alone: a minute of speech goes into a stream whose arrays a
 * minute before it has grown to their size. One operation is one frame. With {@code -prof gc}, what
 * the loop allocates per frame; what JMH itself allocates per iteration is counted too, and told by
 * {@link #nothing}.
 *
 * <p>Each iteration needs another stream, since memory does grow with the text. All are made and
 * warmed before the first iteration, where the profiler does not count.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 20)
@Fork(1)
public class FrameLoopBenchmark {

    private static final int FRAMES = 3000;

    /** The most iterations, those to warm up included. */
    private static final int STREAMS = 50;

    /** Streams that have heard a minute of speech, and another minute. */
    @State(Scope.Thread)
    public abstract static class WarmStreams {

        private final Deque<DecodeStream> streams = new ArrayDeque<>();
        private float[] minute;

        void prepare(Speech speech, BeamSearchDecoder decoder) {
            minute = speech.stretch(FRAMES);
            for (int i = 0; i < STREAMS; i++) {
                DecodeStream stream = decoder.openStream();
                stream.accept(minute, FRAMES);
                streams.add(stream);
            }
        }

        DecodeStream acceptMinute() {
            DecodeStream stream = streams.remove();
            stream.accept(minute, FRAMES);
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
            prepare(speech, settings.decoder(speech.alphabet()).build());
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
            BeamSearchDecoder.Builder builder = settings.decoder(speech.alphabet());
            prepare(speech, settings.withLanguageModel(builder, ngrams.model()).build());
        }
    }

    /** What JMH allocates for an iteration, as if the frames had done so. */
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
        return streams.acceptMinute();
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
        return streams.acceptMinute();
    }
}
