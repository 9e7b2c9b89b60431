package io.github.djlctc.benchmarks;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;

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
import org.openjdk.jmh.annotations.Warmup;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Decodes all utterances {@value #REPETITIONS} times over in one call with a language model, on
 * several threads, by the wall clock.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class BatchDecodingBenchmark {

    private static final int REPETITIONS = 20;

    /** The threads of the search. */
    @Param({"1", "2"})
    int threads;

    private List<float[]> utterances;
    private BeamSearchDecoder decoder;

    /**
     * Makes the decoder.
     *
     * @param speech what to decode
     * @param settings how
     * @param ngrams the language model
     */
    @Setup
    public void prepare(Speech speech, SearchSettings settings, NGrams ngrams) {
        utterances =
                Collections.nCopies(REPETITIONS, speech.utterances()).stream()
                        .flatMap(List::stream)
                        .toList();
        decoder = settings.decoder(speech, ngrams);
    }

    /**
     * One search of them all.
     *
     * @return the results
     */
    @Benchmark
    public List<BeamSearchResult> searchBatch() {
        return decoder.searchBatch(utterances, threads);
    }
}
