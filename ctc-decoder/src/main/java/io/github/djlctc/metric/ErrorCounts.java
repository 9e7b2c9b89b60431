package io.github.djlctc.metric;

import java.io.Serializable;
import java.util.Objects;

/**
 * The numbers of edits that turn a reference into a hypothesis. Their units are words, characters
 * or class ids: see {@link ErrorRates}.
 *
 * @param substitutions units of the reference that are others in the hypothesis
 * @param deletions units of the reference that the hypothesis lacks
 * @param insertions units of the hypothesis that the reference lacks
 * @param referenceLength the number of units of the reference
 * @serial exclude
 */
public record ErrorCounts(long substitutions, long deletions, long insertions, long referenceLength)
        implements Serializable {

    /** No errors and an empty reference: the start of a sum. */
    public static final ErrorCounts ZERO = new ErrorCounts(0, 0, 0, 0);

    /**
     * Checks that the counts are possible.
     *
     * @param substitutions units of the reference that are others in the hypothesis
     * @param deletions units of the reference that the hypothesis lacks
     * @param insertions units of the hypothesis that the reference lacks
     * @param referenceLength the number of units of the reference
     * @throws IllegalArgumentException if one is negative, or if more is substituted and deleted
     *     than the reference has
     */
    public ErrorCounts {
        if (substitutions < 0 || deletions < 0 || insertions < 0 || referenceLength < 0) {
            throw new IllegalArgumentException(
                    "error counts must not be negative: "
                            + counts(substitutions, deletions, insertions, referenceLength));
        }
        if (substitutions + deletions > referenceLength) {
            throw new IllegalArgumentException(
                    "more errors in the reference than it has units: "
                            + counts(substitutions, deletions, insertions, referenceLength));
        }
    }

    /**
     * Returns the number of all errors, the Levenshtein distance.
     *
     * @return substitutions + deletions + insertions
     */
    public long errors() {
        return substitutions + deletions + insertions;
    }

    /**
     * Returns the error rate.
     *
     * @return errors / referenceLength, above 1 if there are many insertions; for an empty
     *     reference 0 without errors and positive infinity with errors
     */
    public double rate() {
        return errors() == 0 ? 0 : (double) errors() / referenceLength;
    }

    /**
     * Adds the counts of another pair of texts; the rate of the sum is that of both together.
     *
     * @param other other counts
     * @return the sums
     */
    public ErrorCounts plus(ErrorCounts other) {
        Objects.requireNonNull(other, "other");
        return new ErrorCounts(
                substitutions + other.substitutions,
                deletions + other.deletions,
                insertions + other.insertions,
                referenceLength + other.referenceLength);
    }

    private static String counts(
            long substitutions, long deletions, long insertions, long referenceLength) {
        return substitutions
                + " substitutions, "
                + deletions
                + " deletions, "
                + insertions
                + " insertions, length "
                + referenceLength;
    }
}
