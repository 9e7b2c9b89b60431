package io.github.djlctc.examples.common.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The samples of a corpus, by split.
 *
 * @param <S> what a sample is
 * @param name the name shown to users
 * @param unit what the samples are called in messages: utterances, lines
 * @param train what the model learns from
 * @param validation what the best epoch is chosen on; shares nothing with the test set
 * @param test what the reported error rates are measured on
 * @param validationSource where the validation samples are from
 */
public record Corpus<S extends CorpusSample>(
        String name,
        String unit,
        List<S> train,
        List<S> validation,
        List<S> test,
        ValidationSource validationSource) {

    /** Where the samples are from that the best epoch is chosen on. */
    public enum ValidationSource {
        /** A set of its own. */
        OWN_SET,
        /** Some of the samples that were given for training. */
        HELD_OUT
    }

    /**
     * Copies the lists.
     *
     * @param name the name shown to users
     * @param unit what the samples are called in messages
     * @param train what the model learns from
     * @param validation what the best epoch is chosen on
     * @param test what the reported error rates are measured on
     * @param validationSource where the validation samples are from
     */
    public Corpus {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /**
     * Creates a corpus with a validation set of its own.
     *
     * @param name the name shown to users
     * @param unit what the samples are called in messages
     * @param train what the model learns from
     * @param validation what the best epoch is chosen on
     * @param test what the reported error rates are measured on
     */
    public Corpus(String name, String unit, List<S> train, List<S> validation, List<S> test) {
        this(name, unit, train, validation, test, ValidationSource.OWN_SET);
    }

    /**
     * Returns the samples that were given for training, those that are held out included.
     *
     * @return the samples that the classes of a model are taken from
     */
    public List<S> givenForTraining() {
        if (validationSource == ValidationSource.OWN_SET) {
            return train;
        }
        List<S> all = new ArrayList<>(train);
        all.addAll(validation);
        return all;
    }

    /**
     * Creates a corpus of one part, to measure errors on.
     *
     * @param <S> what a sample is
     * @param name the name shown to users
     * @param unit what the samples are called in messages
     * @param split the part
     * @param samples its samples
     * @return a corpus of which the other parts are empty
     */
    public static <S extends CorpusSample> Corpus<S> of(
            String name, String unit, Split split, List<S> samples) {
        return new Corpus<>(
                name,
                unit,
                split == Split.TRAIN ? samples : List.of(),
                split == Split.VALIDATION ? samples : List.of(),
                split == Split.TEST ? samples : List.of());
    }

    /**
     * Returns the samples of a part.
     *
     * @param split the part
     * @return its samples
     */
    public List<S> samples(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }
}
