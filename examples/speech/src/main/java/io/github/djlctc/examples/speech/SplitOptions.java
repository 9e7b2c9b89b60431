package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.corpus.SplitNames;

import picocli.CommandLine.Option;

import java.util.List;

/** Options that say which parts of a corpus are used for what. */
final class SplitOptions {

    @Option(
            names = "--train-split",
            paramLabel = "NAME",
            description =
                    "LibriSpeech, Common Voice, TED-LIUM: a part to train on (default:"
                            + " train-clean-100, train, train).")
    private List<String> train;

    @Option(
            names = "--validation-split",
            paramLabel = "NAME",
            description = "The same: a part to choose the model on (default: dev-clean, dev, dev).")
    private List<String> validation;

    @Option(
            names = "--test-split",
            paramLabel = "NAME",
            description = "The same: a part to test on (default: test-clean, test, test).")
    private List<String> test;

    /** Returns the names that were given, and those of the corpus for the others. */
    SplitNames names(String defaultTrain, String defaultValidation, String defaultTest) {
        return new SplitNames(
                train == null ? List.of(defaultTrain) : train,
                validation == null ? List.of(defaultValidation) : validation,
                test == null ? List.of(defaultTest) : test);
    }
}
