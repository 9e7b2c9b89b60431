package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.speech.corpus.DurationLimit;
import io.github.djlctc.examples.speech.corpus.Utterance;

import picocli.CommandLine.Option;

import java.util.List;

/** The option that leaves long utterances out. */
final class DurationOption {

    private static final String NAME = "--max-seconds";

    @Option(
            names = NAME,
            paramLabel = "S",
            description =
                    "Leave out training and validation utterances that are longer (default: none).")
    private Double seconds;

    void check(OptionRules rules) {
        if (seconds != null && !(seconds > 0)) {
            throw rules.wrong(NAME + " must be above 0, but is " + seconds);
        }
    }

    /** Returns an empty list, which takes the utterances that are left out in any case. */
    SkippedSamples tolerating(SkippedSamples skipped) {
        skipped.tolerate(DurationLimit.REASON);
        return skipped;
    }

    /**
     * Takes long utterances out. The test set stays whole, so that error rates are of all of it.
     *
     * @param skipped takes these utterances
     */
    Corpus<Utterance> apply(Corpus<Utterance> corpus, SkippedSamples skipped) {
        if (seconds == null) {
            return corpus;
        }
        DurationLimit limit = new DurationLimit(seconds, NAME);
        List<Utterance> train = limit.apply(corpus.train(), skipped);
        List<Utterance> validation = limit.apply(corpus.validation(), skipped);
        return new Corpus<>(
                corpus.name(),
                corpus.unit(),
                train,
                validation,
                corpus.test(),
                corpus.validationSource());
    }
}
