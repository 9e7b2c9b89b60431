package io.github.djlctc.lm.estimate;

/**
 * Leaves out the n-grams of one order that are too rare in the text.
 *
 * @param threshold the highest count that is left out
 * @param order the order; the 1-grams {@code <unk>}, {@code <s>} and {@code </s>} are always kept
 */
record Pruning(int threshold, int order) {

    boolean keeps(NGramTable table, int id) {
        return table.count(id) > threshold || (order == 1 && id <= NGramCounter.SENTENCE_END);
    }

    int keptCount(NGramTable table) {
        int kept = 0;
        for (int id = 0; id < table.size(); id++) {
            if (keeps(table, id)) {
                kept++;
            }
        }
        return kept;
    }
}
