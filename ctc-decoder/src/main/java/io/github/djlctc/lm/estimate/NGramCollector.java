package io.github.djlctc.lm.estimate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * Takes the n-grams of a {@link NGramSource} and sorts them, in the memory of the estimator.
 *
 * <p>For use by one thread, that of the source.
 */
public final class NGramCollector {

    /** Adjusted counts have a bit less than a long. */
    private static final long MAX_TOTAL = Long.MAX_VALUE >> 1;

    private final int order;
    private final Vocabulary vocabulary;
    private final NGramPacking packing;
    private final RecordSorter sorter;
    private final StepProgress progress;

    /** An n-gram, packed from the last word to the first, and its count. */
    private final long[] record;

    /** The ids of an n-gram from the first word on. */
    private final int[] ids;

    /** The words that an n-gram ends with. */
    private final BitSet last = new BitSet();

    private long total;
    private long starts;
    private long ends;
    private boolean ended;

    private NGramCollector(Workspace workspace, int order, Vocabulary vocabulary) {
        this.order = order;
        this.vocabulary = vocabulary;
        packing = NGramPacking.of(vocabulary.size());
        int longs = packing.longs(order);
        sorter =
                new RecordSorter(
                        workspace,
                        packing.sortBy(0, order, longs + 1),
                        (sorted, count) -> NGramCounts.add(workspace, longs, sorted, count),
                        longs + 1,
                        longs,
                        workspace.sortingMemory(),
                        workspace.workers().threads());
        progress = workspace.progress(EstimationStep.COUNTING);
        record = new long[longs + 1];
        ids = new int[order];
    }

    /**
     * Creates a collector of the n-grams of some words.
     *
     * @throws IllegalArgumentException if there is no word, or one that cannot be in a text or is
     *     given twice
     */
    static NGramCollector of(Workspace workspace, int order, Iterable<String> words) {
        return new NGramCollector(
                workspace,
                order,
                WordList.vocabulary(words, workspace.progress(EstimationStep.READING)));
    }

    /**
     * Adds an n-gram.
     *
     * @param ngram its words, from the first to the last
     * @param count how often it occurs, 1 or more
     * @throws IllegalArgumentException if it is not an n-gram of a text with the given words, the
     *     count is below 1, or all counts sum to 2<sup>62</sup> or more
     * @throws IllegalStateException if the source has returned
     * @throws IOException if a temporary file cannot be written
     */
    public void add(List<String> ngram, long count) throws IOException {
        Objects.requireNonNull(ngram, "ngram");
        for (String word : ngram) {
            if (word.indexOf(' ') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(word)) {
                throw new IllegalArgumentException(
                        "the n-gram " + ngram + " has \"" + word + "\", which is not a word");
            }
        }
        add(String.join(" ", ngram).getBytes(StandardCharsets.UTF_8), count);
    }

    /**
     * Adds an n-gram.
     *
     * @param ngram its words, from the first to the last, in UTF-8 and separated by one space each
     * @param count how often it occurs, 1 or more
     * @throws IllegalArgumentException if it is not an n-gram of a text with the given words, the
     *     count is below 1, or all counts sum to 2<sup>62</sup> or more
     * @throws IllegalStateException if the source has returned
     * @throws IOException if a temporary file cannot be written
     */
    public void add(byte[] ngram, long count) throws IOException {
        Objects.requireNonNull(ngram, "ngram");
        if (ended) {
            throw new IllegalStateException("the source has returned; add all n-grams before");
        }
        int length = read(ngram);
        check(ngram, length, count);
        for (int i = 0; i < record.length; i++) {
            record[i] = 0;
        }
        for (int i = 0; i < length; i++) {
            packing.set(record, i, ids[length - 1 - i]);
        }
        record[record.length - 1] = count;
        sorter.add(record);
        note(length, count);
    }

    /**
     * Ends the n-grams.
     *
     * @throws IllegalArgumentException if some are missing
     */
    void end() {
        ended = true;
        progress.end();
        if (total == 0) {
            throw new IllegalArgumentException("there is no n-gram; add those of the text");
        }
        int missing = last.nextClearBit(Vocabulary.SENTENCE_END);
        if (missing < vocabulary.size()) {
            throw new IllegalArgumentException(
                    "no n-gram ends with the word \""
                            + vocabulary.word(missing)
                            + "\"; add all n-grams of the text, and give no other words");
        }
        if (order > 1 && starts != ends) {
            throw new IllegalArgumentException(
                    starts
                            + " sentences start, but "
                            + ends
                            + " end; add all n-grams of the text, each count once");
        }
        vocabulary.freeze();
    }

    /** Sorts the n-grams. */
    NGramCounts counts() throws IOException {
        return new NGramCounts(order, vocabulary, packing, sorter.sorted());
    }

    /** Finds the words of an n-gram, and returns their number. */
    private int read(byte[] ngram) {
        int length = 0;
        int start = 0;
        int hash = 0;
        for (int i = 0; i <= ngram.length; i++) {
            if (i < ngram.length && ngram[i] != ' ') {
                hash = Vocabulary.hash(hash, ngram[i]);
                continue;
            }
            if (length == order) {
                throw wrong(ngram, "has more words than the order, " + order);
            }
            ids[length++] = id(ngram, start, i, hash);
            start = i + 1;
            hash = 0;
        }
        return length;
    }

    private int id(byte[] ngram, int from, int to, int hash) {
        int id = vocabulary.find(ngram, from, to, hash);
        if (id < 0) {
            id = LineNGrams.boundary(ngram, from, to);
        }
        if (id < 0) {
            throw wrong(
                    ngram,
                    from == to
                            ? "has an empty word; separate words by one space each"
                            : "has the word \""
                                    + text(ngram, from, to)
                                    + "\", which is not among the given ones");
        }
        return id;
    }

    private void check(byte[] ngram, int length, long count) {
        for (int i = 0; i < length; i++) {
            if (i > 0 && ids[i] == Vocabulary.SENTENCE_START) {
                throw wrong(ngram, "has <s> behind its start, but nothing precedes a sentence");
            }
            if (i < length - 1 && ids[i] == Vocabulary.SENTENCE_END) {
                throw wrong(ngram, "has </s> before its end, but nothing follows a sentence");
            }
        }
        boolean startsSentence = ids[0] == Vocabulary.SENTENCE_START;
        if (startsSentence && length == 1) {
            throw wrong(ngram, "is no n-gram of its own; <s> only precedes words");
        }
        if (length < order && !startsSentence) {
            throw wrong(
                    ngram,
                    "has fewer words than the order, "
                            + order
                            + ", but does not begin with <s>; add the longest n-grams only");
        }
        if (count < 1) {
            throw wrong(ngram, "has the count " + count + ", which must be 1 or more");
        }
        if (count > MAX_TOTAL - total) {
            throw wrong(ngram, "has the count " + count + ", with which the sum is 2^62 or more");
        }
    }

    private void note(int length, long count) {
        int end = ids[length - 1];
        last.set(end);
        total += count;
        if (end == Vocabulary.SENTENCE_END) {
            ends += count;
        }
        if (length == 2 && ids[0] == Vocabulary.SENTENCE_START) {
            starts += count;
        }
        progress.count(count);
    }

    private static IllegalArgumentException wrong(byte[] ngram, String problem) {
        return new IllegalArgumentException(
                "the n-gram \"" + text(ngram, 0, ngram.length) + "\" " + problem);
    }

    private static String text(byte[] ngram, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(ngram, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("an n-gram is not UTF-8", e);
        }
    }
}
