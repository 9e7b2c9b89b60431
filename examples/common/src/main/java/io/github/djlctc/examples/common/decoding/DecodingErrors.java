package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;

import java.util.Comparator;
import java.util.List;

/**
 * The errors of all texts that have a reference.
 *
 * @param unit the unit of the word errors
 * @param words the word errors, in that unit
 * @param characters the character errors
 */
public record DecodingErrors(WordErrorUnit unit, ErrorCounts words, ErrorCounts characters) {

    /** Fewer word errors come first, of equal ones fewer character errors. */
    public static final Comparator<DecodingErrors> FEWEST =
            Comparator.<DecodingErrors>comparingLong(errors -> errors.words().errors())
                    .thenComparingLong(errors -> errors.characters().errors());

    /**
     * Counts errors.
     *
     * @param unit the unit of the word errors
     * @param references the true texts
     * @param hypotheses the decoded texts, in the same order
     * @return their errors
     */
    public static DecodingErrors count(
            WordErrorUnit unit, List<String> references, List<String> hypotheses) {
        ErrorCounts words = ErrorCounts.ZERO;
        ErrorCounts characters = ErrorCounts.ZERO;
        for (int i = 0; i < references.size(); i++) {
            words = words.plus(unit.count(references.get(i), hypotheses.get(i)));
            characters =
                    characters.plus(ErrorRates.characters(references.get(i), hypotheses.get(i)));
        }
        return new DecodingErrors(unit, words, characters);
    }

    /**
     * Tells whether one way to decode has no more word errors than another one. Of equal word
     * errors, the characters of few samples say little.
     */
    boolean hasNoMoreWordErrorsThan(DecodingErrors other) {
        return words.errors() <= other.words.errors();
    }
}
