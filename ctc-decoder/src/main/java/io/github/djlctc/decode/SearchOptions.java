package io.github.djlctc.decode;

import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.text.Alphabet;

/** The settings of a beam search. What is not wanted is null. */
record SearchOptions(
        Alphabet alphabet,
        LabelPrior labelPrior,
        double labelPriorWeight,
        int beamWidth,
        double beamThreshold,
        int tokenTopK,
        double tokenMinLogProbability,
        int nBest,
        LanguageModel languageModel,
        LanguageModelUnit unit,
        double alpha,
        double beta,
        double unknownWordScore,
        double characterInsertionBonus,
        double emptyWordScore,
        boolean sentenceEnd) {

    /**
     * Returns the factor of a separator that separates nothing. Where tokens tell by themselves
     * where words begin, a separator may be how a word is spelled, and costs nothing.
     */
    double emptyWordFactor() {
        return alphabet.wordDelimiter().isPresent() ? Math.exp(emptyWordScore) : 1;
    }

    /** Returns what is added to the logit of each class. */
    float[] biases() {
        float[] biases = new float[alphabet.size()];
        for (int id = 0; labelPrior != null && id < biases.length; id++) {
            biases[id] = (float) (labelPriorWeight * labelPrior.logBias(id));
        }
        return biases;
    }
}
