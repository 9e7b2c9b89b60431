package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.emission.References;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.text.LetterCase;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells whether references and decoded texts differ in letter case more than in anything else. */
final class LetterCaseHint {

    /** The most errors that may be left, in those that there are. */
    private static final double MOST_LEFT = 0.5;

    /** Fewer errors, in the words of the references, may have other reasons. */
    private static final double LEAST_RATE = 0.2;

    private LetterCaseHint() {}

    /**
     * Returns a warning with the option that helps.
     *
     * @param errors the errors of the texts as they are
     * @param texts the texts that they were counted in
     */
    static Optional<String> of(DecodingErrors errors, ScoredTexts texts) {
        if (errors.words().rate() < LEAST_RATE) {
            return Optional.empty();
        }
        for (LetterCase letterCase : List.of(LetterCase.UPPER, LetterCase.LOWER)) {
            DecodingErrors left = texts.errors(errors.unit(), text -> in(letterCase, text));
            String option = letterCase.name().toLowerCase(Locale.ROOT);
            if (isMuchLess(left.words(), errors.words())) {
                String rate = errors.unit().shortName();
                return Optional.of(
                        warning(texts.references(), option, rate, errors.words(), left.words()));
            }
            // A weak model has an error in most words, whatever their letter case.
            if (isMuchLess(left.characters(), errors.characters())) {
                return Optional.of(
                        warning(
                                texts.references(),
                                option,
                                "CER",
                                errors.characters(),
                                left.characters()));
            }
        }
        return Optional.empty();
    }

    private static boolean isMuchLess(ErrorCounts left, ErrorCounts errors) {
        return left.rate() <= MOST_LEFT * errors.rate();
    }

    private static String in(LetterCase letterCase, String text) {
        return letterCase == LetterCase.UPPER
                ? text.toUpperCase(Locale.ROOT)
                : text.toLowerCase(Locale.ROOT);
    }

    private static String warning(
            References references,
            String option,
            String rate,
            ErrorCounts errors,
            ErrorCounts left) {
        return String.format(
                Locale.ROOT,
                "warning: --refs %s is in another letter case than the texts: with --letter-case"
                        + " %s, %s would be %.2f %%, not %.2f %%",
                references.file(),
                option,
                rate,
                100 * left.rate(),
                100 * errors.rate());
    }
}
