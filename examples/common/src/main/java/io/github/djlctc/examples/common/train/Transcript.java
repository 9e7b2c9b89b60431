package io.github.djlctc.examples.common.train;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;

/**
 * The text of a sample, and what a model recognised.
 *
 * @param id the sample
 * @param reference its transcript
 * @param hypothesis the decoded text
 */
public record Transcript(String id, String reference, String hypothesis) {

    /**
     * Counts the wrong words.
     *
     * @param unit the unit to count in
     * @return the errors against the reference
     */
    public ErrorCounts wordErrors(WordErrorUnit unit) {
        return unit.count(reference, hypothesis);
    }

    /**
     * Counts the wrong characters.
     *
     * @return the errors against the reference
     */
    public ErrorCounts characterErrors() {
        return ErrorRates.characters(reference, hypothesis);
    }
}
