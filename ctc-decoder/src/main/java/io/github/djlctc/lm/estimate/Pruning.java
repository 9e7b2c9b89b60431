package io.github.djlctc.lm.estimate;

/**
 * Leaves out the n-grams of one order that occur too seldom in the text.
 *
 * @param threshold the highest count that is left out
 * @param order the order; of the 1-grams {@code <unk>}, {@code <s>} and {@code </s>} stay
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
