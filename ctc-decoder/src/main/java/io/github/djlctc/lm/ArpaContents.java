package io.github.djlctc.lm;

import java.util.List;

/**
 * What an ARPA file holds.
 *
 * @param nGrams its n-grams
 * @param counts how many n-grams of each length its header counts
 * @param warnings the mistakes in it that were corrected
 */
record ArpaContents(ProbingModelBuilder nGrams, List<Long> counts, List<String> warnings) {

    KenLMModel model() {
        return nGrams.build(warnings);
    }
}
