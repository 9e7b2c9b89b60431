package io.github.djlctc.decode;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The result of a beam search of one sample.
 *
 * @param nBest the best hypotheses, best first, of different texts; at least one. The best has the
 *     greatest score, or by {@linkplain BeamSearchDecoder.Builder#optMinimumBayesRisk minimum Bayes
 *     risk} the fewest expected errors
 * @param hotwords the outcome of each hotword, in the order they were given
 * @serial exclude
 */
public record BeamSearchResult(List<Hypothesis> nBest, List<HotwordOutcome> hotwords)
        implements Serializable {

    /**
     * Copies the lists.
     *
     * @param nBest the best hypotheses, best first
     * @param hotwords the outcome of each hotword
     */
    public BeamSearchResult {
        Objects.requireNonNull(nBest, "nBest");
        Objects.requireNonNull(hotwords, "hotwords");
        nBest = List.copyOf(nBest);
        hotwords = List.copyOf(hotwords);
    }

    /**
     * Returns the best hypothesis.
     *
     * @return the first of the n-best list
     */
    public Hypothesis best() {
        return nBest.get(0);
    }

    /**
     * Tells whether no text of the lexicon fits the emissions. The best and only hypothesis is
     * empty then, and its score negative infinity.
     *
     * @return whether there is no result
     */
    public boolean isNothing() {
        return best().isNothing();
    }
}
