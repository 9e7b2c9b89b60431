package io.github.djlctc.lm;

import java.nio.file.Path;
import java.util.List;

/**
 * What an ARPA file holds.
 *
 * @param file the file
 * @param nGrams its n-grams
 * @param counts how many n-grams of each length its header counts
 * @param warnings the mistakes in it that were corrected
 */
record ArpaContents(
        Path file, ProbingModelBuilder nGrams, List<Long> counts, List<String> warnings) {

    KenLMModel model() {
        return nGrams.build(file, warnings);
    }
}
