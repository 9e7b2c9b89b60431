package io.github.djlctc.examples.speech.corpus;

import java.util.List;

/**
 * The utterances of a data set, split for training, model selection and the final figures.
 *
 * @param name the name shown to users
 * @param train what the model learns from
 * @param validation what the best epoch is chosen on; shares nothing with the test set
 * @param test what the reported error rates are measured on
 */
public record Corpus(
        String name, List<Utterance> train, List<Utterance> validation, List<Utterance> test) {

    /**
     * Copies the lists.
     *
     * @param name the name shown to users
     * @param train what the model learns from
     * @param validation what the best epoch is chosen on
     * @param test what the reported error rates are measured on
     */
    public Corpus {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }
}
