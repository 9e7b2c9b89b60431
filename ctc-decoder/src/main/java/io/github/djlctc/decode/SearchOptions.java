package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.text.Alphabet;

/**
 * The settings of a beam search.
 *
 * @param alphabet the classes of the model
 * @param scale what the scores of the model are
 * @param pruning what is left out
 * @param weights what the text adds to scores
 * @param prior the label prior, or null
 * @param nBest the most hypotheses of a result
 * @param compared how many hypotheses are ranked by their expected errors; 1 for none
 */
record SearchOptions(
        Alphabet alphabet,
        EmissionScale scale,
        Pruning pruning,
        TextWeights weights,
        WeightedPrior prior,
        int nBest,
        int compared) {

    /** Returns the same with a beam for what comes back after it was unlikely. */
    SearchOptions withWiderBeam() {
        return new SearchOptions(alphabet, scale, pruning.wider(), weights, prior, nBest, compared);
    }

    /**
     * Returns the factor of a separator that separates nothing. Where tokens tell by themselves
     * where words begin, a separator may be how a word is spelled, and costs nothing.
     */
    double emptyWordFactor() {
        return alphabet.wordDelimiter().isPresent() ? Math.exp(weights.emptyWordScore()) : 1;
    }

    /** Returns what is added to the logit of each class. */
    float[] biases() {
        float[] biases = new float[alphabet.size()];
        if (prior != null) {
            prior.addBiases(biases);
        }
        return biases;
    }
}
