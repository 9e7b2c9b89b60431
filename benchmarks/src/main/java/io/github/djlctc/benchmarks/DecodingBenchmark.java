package io.github.djlctc.benchmarks;

import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Decodes whole utterances, results included. One operation is one utterance. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodingBenchmark {

    /** Takes the utterances in turn. */
    @State(Scope.Thread)
    public abstract static class Decoding {

        private Speech speech;
        private CTCDecoder decoder;
        private int next;

        void prepare(Speech utterances, CTCDecoder newDecoder) {
            speech = utterances;
            decoder = newDecoder;
        }

        Hypothesis decodeNext(FrameCount count) {
            float[] utterance = speech.utterances().get(next);
            next = (next + 1) % speech.utterances().size();
            int frames = speech.frames(utterance);
            count.frames += frames;
            return decoder.decode(utterance, frames);
        }
    }

    /** Takes the best class of each frame. */
    public static class Greedy extends Decoding {

        /**
         * Makes the decoder.
         *
         * @param speech what to decode
         */
        @Setup
        public void prepare(Speech speech) {
            prepare(speech, new GreedyDecoder(speech.alphabet()));
        }
    }

    /** Searches with a beam. */
    public static class BeamSearch extends Decoding {

        /**
         * Makes the decoder.
         *
         * @param speech what to decode
         * @param settings how
         */
        @Setup
        public void prepare(Speech speech, SearchSettings settings) {
            prepare(speech, settings.decoder(speech));
        }
    }

    /** Searches with a beam and a language model. */
    public static class LanguageModelBeamSearch extends Decoding {

        /**
         * Makes the decoder.
         *
         * @param speech what to decode
         * @param settings how
         * @param ngrams the language model
         */
        @Setup
        public void prepare(Speech speech, SearchSettings settings, NGrams ngrams) {
            prepare(speech, settings.decoder(speech, ngrams));
        }
    }

    /**
     * Greedy decoding.
     *
     * @param decoding the decoder and its input
     * @param count counts frames
     * @return the result
     */
    @Benchmark
    public Hypothesis greedy(Greedy decoding, FrameCount count) {
        return decoding.decodeNext(count);
    }

    /**
     * Beam search without a language model.
     *
     * @param decoding the decoder and its input
     * @param count counts frames
     * @return the result
     */
    @Benchmark
    public Hypothesis beamSearch(BeamSearch decoding, FrameCount count) {
        return decoding.decodeNext(count);
    }

    /**
     * Beam search with a language model of words.
     *
     * @param decoding the decoder and its input
     * @param count counts frames
     * @return the result
     */
    @Benchmark
    public Hypothesis beamSearchWithLanguageModel(
            LanguageModelBeamSearch decoding, FrameCount count) {
        return decoding.decodeNext(count);
    }
}
