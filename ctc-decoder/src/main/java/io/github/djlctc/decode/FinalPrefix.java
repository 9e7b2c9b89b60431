package io.github.djlctc.decode;

/**
 * A prefix at the end of the emissions, with all its scores.
 *
 * @param node its node, without a separator at the end
 * @param record the record of its last token in the alignment history
 * @param bestPath the natural logarithm of its best path's probability and of all else, scaled
 *     alike for all prefixes
 * @param acousticScore the natural logarithm of the probability that the emissions give it
 * @param logWeight the natural logarithm of all else
 * @param languageModelScore what the language model gives, unweighted
 */
record FinalPrefix(
        int node,
        int record,
        double bestPath,
        double acousticScore,
        double logWeight,
        double languageModelScore) {

    /** The empty prefix where no text that may be decoded has a path. */
    static final FinalPrefix NOTHING =
            new FinalPrefix(
                    PrefixTree.ROOT,
                    AlignmentHistory.NONE,
                    Double.NEGATIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    0,
                    0);

    double score() {
        return acousticScore + logWeight;
    }

    /** Joins two prefixes that are one text: the probabilities of their paths add up. */
    FinalPrefix and(FinalPrefix other) {
        FinalPrefix better = bestPath >= other.bestPath ? this : other;
        double max = Math.max(acousticScore, other.acousticScore);
        double min = Math.min(acousticScore, other.acousticScore);
        return new FinalPrefix(
                better.node,
                better.record,
                better.bestPath,
                max + Math.log1p(Math.exp(min - max)),
                better.logWeight,
                better.languageModelScore);
    }
}
