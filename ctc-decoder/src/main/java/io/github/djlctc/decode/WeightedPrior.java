package io.github.djlctc.decode;

/**
 * A label prior and the share of it that is taken away.
 *
 * @param prior the prior
 * @param weight from 0 to 1
 */
record WeightedPrior(LabelPrior prior, double weight) {

    void addBiases(float[] biases) {
        for (int id = 0; id < biases.length; id++) {
            biases[id] += (float) (weight * prior.logBias(id));
        }
    }
}
