package io.github.djlctc.examples.common.train;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.metric.ErrorCounts;

import java.util.List;
import java.util.function.Function;

/**
 * The errors of a model on a split.
 *
 * @param loss the mean loss per label
 * @param transcripts what it made of every sample
 * @param characters the wrong characters of all samples
 * @param unit the unit of the word errors
 * @param words the wrong words of all samples, in that unit
 * @param withoutText how many samples have an empty text because no text that the lexicon permits
 *     fits them
 */
public record Evaluation(
        double loss,
        List<Transcript> transcripts,
        ErrorCounts characters,
        WordErrorUnit unit,
        ErrorCounts words,
        int withoutText) {

    static Evaluation of(
            double loss, WordErrorUnit unit, List<Transcript> transcripts, int withoutText) {
        return new Evaluation(
                loss,
                transcripts,
                sum(transcripts, Transcript::characterErrors),
                unit,
                sum(transcripts, transcript -> transcript.wordErrors(unit)),
                withoutText);
    }

    /**
     * Returns what epochs are compared by. One of the rates alone picks an epoch by chance if there
     * are few validation samples.
     *
     * @return the mean of character and word error rate; lower is better
     */
    public double meanErrorRate() {
        return meanErrorRate(characters, words);
    }

    static double meanErrorRate(ErrorCounts characters, ErrorCounts words) {
        return (characters.rate() + words.rate()) / 2;
    }

    private static ErrorCounts sum(
            List<Transcript> transcripts, Function<Transcript, ErrorCounts> errors) {
        return transcripts.stream().map(errors).reduce(ErrorCounts.ZERO, ErrorCounts::plus);
    }
}
