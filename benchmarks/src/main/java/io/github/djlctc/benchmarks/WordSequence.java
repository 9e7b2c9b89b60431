package io.github.djlctc.benchmarks;

import io.github.djlctc.lm.NGramModel;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Words to score, drawn from the language model itself, so that they meet n-grams of all orders as
 * its own text does. Files of the same model in other formats give the same words.
 */
@State(Scope.Benchmark)
public class WordSequence {

    static final int LENGTH = 1000;

    private static final Set<String> RESERVED = Set.of("<s>", "</s>", "<unk>");

    private int[] words;

    /**
     * Draws the words.
     *
     * @param ngrams the model
     */
    @Setup(Level.Trial)
    public void prepare(NGrams ngrams) {
        NGramModel model = ngrams.model();
        int[] candidates = candidates(model);
        int[] state = new int[model.stateSize()];
        Random random = new Random(5);
        words = new int[LENGTH];
        model.writeSentenceStart(state, 0);
        for (int i = 0; i < LENGTH; i++) {
            words[i] = draw(model, candidates, state, random);
            model.score(state, 0, words[i], state, 0);
        }
    }

    /** Returns the model's words, sorted, since their ids differ between formats. */
    private static int[] candidates(NGramModel model) {
        List<String> vocabulary = model.vocabulary();
        return vocabulary.stream()
                .filter(word -> !RESERVED.contains(word))
                .sorted(Comparator.naturalOrder())
                .mapToInt(model::wordId)
                .toArray();
    }

    private static int draw(NGramModel model, int[] candidates, int[] state, Random random) {
        double[] weights = new double[candidates.length];
        int[] next = new int[state.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.exp(model.score(state, 0, candidates[i], next, 0));
            sum += weights[i];
        }
        double left = sum * random.nextDouble();
        int chosen = 0;
        while (chosen < weights.length - 1 && left >= weights[chosen]) {
            left -= weights[chosen++];
        }
        return candidates[chosen];
    }

    int[] words() {
        return words;
    }
}
