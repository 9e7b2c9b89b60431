package io.github.djlctc.decode;

/**
 * A prefix at the end of the emissions, with all its scores.
 *
 * @param node its node, without a separator at the end
 * @param record the record of its last token in the alignment history
 * @param bestPath the natural logarithm of the probability of its best path, plus the weight of the
 *     text, up to a constant that is the same for all prefixes
 * @param acousticScore the natural logarithm of its probability given the emissions
 * @param logWeight the part of the score that is not acoustic
 * @param languageModelScore the score of the language model, unweighted
 */
record FinalPrefix(
        int node,
        int record,
        double bestPath,
        double acousticScore,
        double logWeight,
        double languageModelScore) {

    /** The empty prefix that stands for no result: no text of the lexicon has a path. */
    static final FinalPrefix NO_RESULT =
            new FinalPrefix(
                    PrefixTree.ROOT,
                    AlignmentHistory.NONE,
                    Double.NEGATIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    0,
                    0);

    boolean isNothing() {
        return node == PrefixTree.ROOT && acousticScore == Double.NEGATIVE_INFINITY;
    }

    double score() {
        return acousticScore + logWeight;
    }

    /** Joins two prefixes with the same text, adding the probabilities of their paths. */
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
