package io.github.djlctc.metric;

/**
 * The edits which turn a reference into a hypothesis.
 *
 * @param substitutions units of the reference that the hypothesis has wrong
 * @param deletions units of the reference that the hypothesis lacks
 * @param insertions units of the hypothesis that the reference lacks
 * @param referenceLength all units of the reference
 */
public record ErrorCounts(
        long substitutions, long deletions, long insertions, long referenceLength) {

    /** No errors in nothing, to begin a sum with. */
    public static final ErrorCounts ZERO = new ErrorCounts(0, 0, 0, 0);

    /**
     * Checks that the counts are possible.
     *
     * @param substitutions units of the reference that the hypothesis has wrong
     * @param deletions units of the reference that the hypothesis lacks
     * @param insertions units of the hypothesis that the reference lacks
     * @param referenceLength all units of the reference
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
     * Returns the errors for each unit of the reference.
     *
     * @return errors / referenceLength, which insertions can bring above 1; for an empty reference
     *     0 without errors and positive infinity with some
     */
    public double rate() {
        return errors() == 0 ? 0 : (double) errors() / referenceLength;
    }

    /**
     * Adds the counts of another pair of texts, so that the rate is that of both together.
     *
     * @param other other counts
     * @return the sums
     */
    public ErrorCounts plus(ErrorCounts other) {
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
