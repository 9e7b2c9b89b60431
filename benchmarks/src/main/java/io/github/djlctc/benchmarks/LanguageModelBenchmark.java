package io.github.djlctc.benchmarks;

import io.github.djlctc.lm.NGramModel;

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

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Scores words with an n-gram model, and reads its file. */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LanguageModelBenchmark {

    /** A sentence that goes on. */
    @State(Scope.Thread)
    public static class Context {

        private int[] state;

        /**
         * Makes room for a state of the model.
         *
         * @param ngrams the model
         */
        @Setup
        public void prepare(NGrams ngrams) {
            state = new int[ngrams.model().stateSize()];
        }
    }

    /**
     * Scores words one after the other. One operation is one word.
     *
     * @param ngrams the model
     * @param sequence the words
     * @param context where the state goes
     * @return the sum of the scores
     */
    @Benchmark
    @OperationsPerInvocation(WordSequence.LENGTH)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public double score(NGrams ngrams, WordSequence sequence, Context context) {
        NGramModel model = ngrams.model();
        int[] state = context.state;
        model.writeSentenceStart(state, 0);
        double sum = 0;
        for (int word : sequence.words()) {
            sum += model.score(state, 0, word, state, 0);
        }
        return sum;
    }

    /**
     * Reads the model's file.
     *
     * @param ngrams the model
     * @return the model, once more
     * @throws IOException if the file cannot be read
     */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public NGramModel read(NGrams ngrams) throws IOException {
        return NGramModel.read(ngrams.file());
    }
}
