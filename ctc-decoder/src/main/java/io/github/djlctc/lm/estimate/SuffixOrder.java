package io.github.djlctc.lm.estimate;

/**
 * Sorts n-grams by their last words, then by the words before, back to the first: the order of
 * lmplz's ARPA files.
 *
 * <p>Sorts order after order, because n-grams that are sorted by their first word, and then stably
 * by the rank of their suffix in the order below, are in this order. Uses counting sort.
 */
final class SuffixOrder {

    /** The rank of each n-gram of the latest order, at first of the empty n-gram. */
    private int[] places = {0};

    private int placeCount = 1;

    /** The first word of each n-gram of the latest order. */
    private int[] firstWords = {};

    private final int vocabularySize;

    SuffixOrder(int vocabularySize) {
        this.vocabularySize = vocabularySize;
    }

    /**
     * Sorts the next order.
     *
     * @param pruning tells which n-grams are left out
     * @return the ids of the n-grams that are kept
     */
    int[] sort(NGramTable table, Pruning pruning) {
        int size = table.size();
        int[] first = new int[size];
        int[] suffixPlaces = new int[size];
        int kept = 0;
        int[] sequence = new int[pruning.keptCount(table)];
        for (int id = 0; id < size; id++) {
            first[id] = firstWords.length == 0 ? id : firstWords[table.context(id)];
            suffixPlaces[id] = places[table.suffix(id)];
            if (pruning.keeps(table, id)) {
                sequence[kept++] = id;
            }
        }
        sequence = sortStably(sequence, first, vocabularySize);
        sequence = sortStably(sequence, suffixPlaces, placeCount);
        // A pruned n-gram is never the suffix of one that is kept, so its rank does not matter.
        places = new int[size];
        for (int i = 0; i < kept; i++) {
            places[sequence[i]] = i;
        }
        placeCount = kept;
        firstWords = first;
        return sequence;
    }

    /** Sorts ids by their keys, which are below a limit. */
    private static int[] sortStably(int[] ids, int[] keys, int limit) {
        int[] starts = new int[limit + 1];
        for (int id : ids) {
            starts[keys[id] + 1]++;
        }
        for (int key = 0; key < limit; key++) {
            starts[key + 1] += starts[key];
        }
        int[] sorted = new int[ids.length];
        for (int id : ids) {
            sorted[starts[keys[id]]++] = id;
        }
        return sorted;
    }
}
