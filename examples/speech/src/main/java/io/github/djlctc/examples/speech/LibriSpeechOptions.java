package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.corpus.LibriSpeechCorpus;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Options that say which splits of LibriSpeech are used for what. */
final class LibriSpeechOptions {

    @Option(
            names = "--train-split",
            paramLabel = "NAME",
            description = "LibriSpeech: a split to train on (default: train-clean-100).")
    private String[] trainSplits = {"train-clean-100"};

    @Option(
            names = "--validation-split",
            paramLabel = "NAME",
            description = "LibriSpeech: a split to choose the model on (default: dev-clean).")
    private String[] validationSplits = {"dev-clean"};

    @Option(
            names = "--test-split",
            paramLabel = "NAME",
            description = "LibriSpeech: a split to test on (default: test-clean).")
    private String[] testSplits = {"test-clean"};

    LibriSpeechCorpus corpus(Path folder) {
        return LibriSpeechCorpus.builder()
                .setFolder(folder)
                .optTrain(trainSplits)
                .optValidation(validationSplits)
                .optTest(testSplits)
                .build();
    }
}
