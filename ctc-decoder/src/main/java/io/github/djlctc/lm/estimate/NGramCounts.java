package io.github.djlctc.lm.estimate;

import java.io.IOException;

/**
 * The n-grams of one length of a text, with the numbers of their occurrences; those at the start of
 * a sentence are shorter. Those of lower orders follow from them.
 *
 * <p>Each record is an n-gram, packed from the last word to the first, and its count; 0 stands for
 * the words before {@code <s>}. They are sorted; an n-gram may occur in several records.
 */
final class NGramCounts {

    private final int order;
    private final Vocabulary vocabulary;
    private final NGramPacking packing;
    private final RecordSource records;

    NGramCounts(int order, Vocabulary vocabulary, NGramPacking packing, RecordSource records) {
        this.order = order;
        this.vocabulary = vocabulary;
        this.packing = packing;
        this.records = records;
    }

    /** Counts the n-grams of a text. */
    static NGramCounts of(Workspace workspace, int order, Vocabulary vocabulary, IdSequence ids)
            throws IOException {
        NGramPacking packing = NGramPacking.of(vocabulary.size());
        int longs = packing.longs(order);
        RecordSorter sorter =
                new RecordSorter(
                        workspace,
                        packing.sortBy(0, order, longs),
                        (sorted, count) -> count(workspace, longs, sorted, count),
                        longs,
                        longs,
                        workspace.sortingMemory(),
                        workspace.workers().threads());
        addNGrams(order, packing, ids.drain(), sorter, workspace.progress(EstimationStep.COUNTING));
        return new NGramCounts(order, vocabulary, packing, sorter.sorted());
    }

    int order() {
        return order;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    NGramPacking packing() {
        return packing;
    }

    /** Returns the n-grams, which can be read once. */
    RecordSource records() {
        return records;
    }

    private static void addNGrams(
            int order,
            NGramPacking packing,
            IdSequence.Reader ids,
            RecordSorter sorter,
            StepProgress progress)
            throws IOException {
        int longs = packing.longs(order);
        long[] ngram = new long[longs];
        // The latest words, the last one first.
        int[] words = new int[order];
        int known = startSentence(words);
        for (int id = ids.next(); id >= 0; id = ids.next()) {
            for (int i = order - 1; i > 0; i--) {
                words[i] = words[i - 1];
            }
            words[0] = id;
            known = Math.min(known + 1, order);
            for (int i = 0; i < longs; i++) {
                ngram[i] = 0;
            }
            for (int i = 0; i < known; i++) {
                packing.set(ngram, i, words[i]);
            }
            sorter.add(ngram);
            progress.count();
            if (id == Vocabulary.SENTENCE_END) {
                known = startSentence(words);
            }
        }
        progress.end();
    }

    private static int startSentence(int[] words) {
        words[0] = Vocabulary.SENTENCE_START;
        return 1;
    }

    /** Turns equal n-grams into one with their number. */
    private static Records count(Workspace workspace, int longs, long[] sorted, int size)
            throws IOException {
        Records counted = workspace.records(longs + 1);
        long[] record = new long[longs + 1];
        int start = 0;
        for (int i = 1; i <= size; i++) {
            if (i == size || !isEqual(sorted, start * longs, i * longs, longs)) {
                System.arraycopy(sorted, start * longs, record, 0, longs);
                record[longs] = (long) i - start;
                counted.add(record);
                start = i;
            }
        }
        return counted.finish();
    }

    /** Turns equal n-grams with their counts into one with the sum. */
    static Records add(Workspace workspace, int longs, long[] sorted, int size) throws IOException {
        int width = longs + 1;
        Records added = workspace.records(width);
        int start = 0;
        for (int i = 1; i <= size; i++) {
            if (i < size && isEqual(sorted, start * width, i * width, longs)) {
                sorted[start * width + longs] += sorted[i * width + longs];
            } else {
                added.add(sorted, start * width);
                start = i;
            }
        }
        return added.finish();
    }

    private static boolean isEqual(long[] array, int first, int second, int longs) {
        for (int i = 0; i < longs; i++) {
            if (array[first + i] != array[second + i]) {
                return false;
            }
        }
        return true;
    }
}
