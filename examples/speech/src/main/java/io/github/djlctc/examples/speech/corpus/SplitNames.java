package io.github.djlctc.examples.speech.corpus;

import java.util.List;

/**
 * Which parts of a corpus are used for what.
 *
 * @param train the names of the parts to learn from
 * @param validation those to choose the best epoch on
 * @param test those to report error rates on
 */
public record SplitNames(List<String> train, List<String> validation, List<String> test) {

    /**
     * Copies the lists.
     *
     * @param train the names of the parts to learn from
     * @param validation those to choose the best epoch on
     * @param test those to report error rates on
     */
    public SplitNames {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }
}
