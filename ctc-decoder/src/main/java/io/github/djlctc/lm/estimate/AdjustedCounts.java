package io.github.djlctc.lm.estimate;

import java.io.IOException;

/**
 * Turns the counts of the longest n-grams into adjusted counts of all orders, in one pass.
 *
 * <p>The adjusted count is the number of different words that precede an n-gram. For the highest
 * order and for n-grams that begin with {@code <s>}, it is the number of occurrences in the text.
 */
final class AdjustedCounts {

    /** The discounts depend on the numbers of n-grams with counts below this. */
    private static final int MANY = 5;

    private final int order;
    private final NGramPacking packing;

    /** By order - 1, the highest count that is pruned. */
    private final int[] thresholds;

    private final Sink sink;

    /** By order - 1 and adjusted count, the number of n-grams; the last is of all higher counts. */
    private final long[][] countsOfCounts;

    /** By order, the different words before the current n-gram. */
    private final long[] preceding;

    /** By order, the occurrences of the current n-gram. */
    private final long[] occurrences;

    /** The current n-gram of the highest order, its words and its length without padding. */
    private long[] current;

    private int currentLength;

    private AdjustedCounts(NGramCounts counts, int[] thresholds, Sink sink) {
        order = counts.order();
        packing = counts.packing();
        this.thresholds = thresholds;
        this.sink = sink;
        countsOfCounts = new long[order][MANY + 1];
        preceding = new long[order + 1];
        occurrences = new long[order + 1];
    }

    /**
     * Adjusts counts.
     *
     * @param sink takes the n-grams of each order, sorted by their last words, then by those before
     * @return by order - 1 and adjusted count up to 4, the number of n-grams
     */
    static long[][] adjust(NGramCounts counts, int[] thresholds, Sink sink) throws IOException {
        AdjustedCounts adjusted = new AdjustedCounts(counts, thresholds, sink);
        adjusted.add(counts.records());
        return adjusted.countsOfCounts;
    }

    private void add(RecordSource records) throws IOException {
        int longs = packing.longs(order);
        current = new long[longs + 1];
        long[] next = new long[longs + 1];
        while (records.next(next)) {
            int equal = Math.min(order, packing.equalWords(current, next, longs));
            if (currentLength == 0) {
                equal = 0;
            }
            end(equal, false);
            start(next, equal);
            long[] previous = current;
            current = next;
            next = previous;
        }
        end(0, true);
    }

    /** Starts the n-grams that are longer than a number of words, and counts an occurrence. */
    private void start(long[] ngram, int equal) {
        if (equal < order) {
            currentLength = length(ngram);
            for (int n = Math.max(equal, 1); n < currentLength; n++) {
                preceding[n]++;
            }
        }
        occurrences[currentLength] += ngram[packing.longs(order)];
    }

    /** Ends the current n-grams that are longer than a number of words. */
    private void end(int words, boolean last) throws IOException {
        for (int n = currentLength; n > words; n--) {
            long adjusted = preceding[n] == 0 ? occurrences[n] : preceding[n];
            // So does lmplz with the suffixes of the n-gram that it sorts last, which changes the
            // discounts of small texts.
            long counted = last && n < order ? occurrences[n] : adjusted;
            countsOfCounts[n - 1][(int) Math.min(counted, MANY)]++;
            sink.add(n, current, adjusted, isKept(n));
            occurrences[n - 1] += occurrences[n];
            occurrences[n] = 0;
            preceding[n] = 0;
        }
    }

    private boolean isKept(int n) {
        return occurrences[n] > thresholds[n - 1]
                || (n == 1 && packing.word(current, 0) == Vocabulary.SENTENCE_END);
    }

    private int length(long[] ngram) {
        int length = order;
        while (packing.word(ngram, length - 1) == 0) {
            length--;
        }
        return length;
    }

    /** Takes n-grams. */
    @FunctionalInterface
    interface Sink {

        /**
         * Takes an n-gram.
         *
         * @param ngram packed words, the last one first; more may follow than the order
         * @param kept whether it is not pruned
         */
        void add(int order, long[] ngram, long adjusted, boolean kept) throws IOException;
    }
}
