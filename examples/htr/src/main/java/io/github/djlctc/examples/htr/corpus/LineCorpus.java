package io.github.djlctc.examples.htr.corpus;

import java.util.List;

/**
 * The lines of a data set, split for training, model selection and the final figures.
 *
 * @param name the name shown to users
 * @param train what the model learns from
 * @param validation what the best epoch is chosen on; shares nothing with the test set
 * @param test what the reported error rates are measured on
 */
public record LineCorpus(
        String name, List<LineSample> train, List<LineSample> validation, List<LineSample> test) {

    /**
     * Copies the lists.
     *
     * @param name the name shown to users
     * @param train what the model learns from
     * @param validation what the best epoch is chosen on
     * @param test what the reported error rates are measured on
     */
    public LineCorpus {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }
}
