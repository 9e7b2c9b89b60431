package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.speech.corpus.DigitStrings;
import io.github.djlctc.examples.speech.corpus.FsddCorpus;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Options that say what is made of the recordings of FSDD, and who tests. */
final class FsddOptions {

    enum Digits {
        SINGLE,
        STRINGS
    }

    @Option(
            names = "--digits",
            defaultValue = "strings",
            paramLabel = "FORM",
            description =
                    "FSDD: ${COMPLETION-CANDIDATES}; strings are 1 to 7 digits of one speaker"
                            + " (default: ${DEFAULT-VALUE}).")
    private Digits digits;

    @Option(
            names = "--test-speaker",
            paramLabel = "NAME",
            description = "FSDD: test on all takes of this speaker, and train on the others.")
    private String testSpeaker;

    boolean hasSingleDigits() {
        return digits == Digits.SINGLE;
    }

    /**
     * Returns the corpus.
     *
     * @param folder the recordings
     * @param utterances the number of training strings, or null for the default
     * @param seed decides which digits are joined
     */
    FsddCorpus corpus(Path folder, Integer utterances, long seed) {
        FsddCorpus.Builder builder = FsddCorpus.builder().setFolder(folder).optSeed(seed);
        if (testSpeaker != null) {
            builder.optTestSpeaker(testSpeaker);
        }
        if (hasSingleDigits()) {
            builder.optSingleDigits();
        } else if (utterances != null) {
            builder.optStrings(strings(utterances));
        }
        return builder.build();
    }

    private static DigitStrings strings(int utterances) {
        DigitStrings strings = DigitStrings.DEFAULT;
        return new DigitStrings(
                strings.minDigits(),
                strings.maxDigits(),
                utterances,
                strings.validation(),
                strings.test());
    }
}
