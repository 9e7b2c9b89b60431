package io.github.djlctc.lm.estimate;

import io.github.djlctc.lm.ReservedWords;
import io.github.djlctc.lm.WordSeparators;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * The n-grams of a line of text that a {@link NGramSource} adds, to count them elsewhere.
 *
 * <p>Words and sentences are those of {@link NGramEstimator}: a line is a sentence, and a line feed
 * within it ends one more. Each n-gram is UTF-8, its words from the first to the last, separated by
 * one space each.
 *
 * <pre>{@code
 * for (byte[] line : lines) {
 *     LineNGrams ngrams = new LineNGrams(line, 3);
 *     while (ngrams.hasNext()) {
 *         counts.merge(new String(ngrams.next(), UTF_8), 1L, Long::sum);
 *     }
 * }
 * }</pre>
 *
 * <p>For use by one thread.
 */
public final class LineNGrams implements Iterator<byte[]> {

    private static final byte[] SENTENCE_START =
            ReservedWords.SENTENCE_START.getBytes(StandardCharsets.UTF_8);
    private static final byte[] SENTENCE_END =
            ReservedWords.SENTENCE_END.getBytes(StandardCharsets.UTF_8);

    private final byte[] line;
    private final int order;

    /** The latest words, from the first to the last: what holds each, and where it is there. */
    private final byte[][] holders;

    private final int[] starts;
    private final int[] ends;
    private int words;

    /** Where the line is read on; behind its end once its last sentence has ended. */
    private int at;

    /**
     * Creates the n-grams of a line.
     *
     * @param line the line in UTF-8, without the line feed at its end; must not change meanwhile
     * @param order the length of the longest n-grams, from 1 to 10
     * @throws IllegalArgumentException if the order is out of range
     */
    public LineNGrams(byte[] line, int order) {
        this.line = Objects.requireNonNull(line, "line");
        this.order = NGramEstimator.checkedOrder(order);
        holders = new byte[order][];
        starts = new int[order];
        ends = new int[order];
    }

    @Override
    public boolean hasNext() {
        return at <= line.length;
    }

    /**
     * Returns the next n-gram.
     *
     * @return its words in UTF-8, separated by one space each
     * @throws IllegalArgumentException if its last word is not UTF-8, too long or reserved; nothing
     *     more can be read of the line then
     * @throws NoSuchElementException if there is no n-gram left
     */
    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (words == 0 && order > 1) {
            push(SENTENCE_START, 0, SENTENCE_START.length);
        }
        while (at < line.length && WordSeparators.contains(line[at])) {
            at++;
        }
        int start = at;
        while (at < line.length && line[at] != '\n' && !WordSeparators.contains(line[at])) {
            at++;
        }
        if (at == start) {
            return endSentence();
        }
        check(start);
        push(line, start, at);
        return joined();
    }

    /** Tells which boundary of a sentence is at a place; -1 for none. */
    static int boundary(byte[] ngram, int from, int to) {
        if (equal(SENTENCE_START, ngram, from, to)) {
            return Vocabulary.SENTENCE_START;
        }
        return equal(SENTENCE_END, ngram, from, to) ? Vocabulary.SENTENCE_END : -1;
    }

    private static boolean equal(byte[] word, byte[] ngram, int from, int to) {
        return Arrays.equals(word, 0, word.length, ngram, from, to);
    }

    private byte[] endSentence() {
        at++;
        push(SENTENCE_END, 0, SENTENCE_END.length);
        byte[] ngram = joined();
        words = 0;
        return ngram;
    }

    private void check(int start) {
        try {
            Vocabulary.check(line, start, at);
        } catch (IllegalArgumentException e) {
            at = line.length + 1;
            throw e;
        }
    }

    private void push(byte[] holder, int start, int end) {
        if (words == order) {
            words--;
            for (int i = 0; i < words; i++) {
                holders[i] = holders[i + 1];
                starts[i] = starts[i + 1];
                ends[i] = ends[i + 1];
            }
        }
        holders[words] = holder;
        starts[words] = start;
        ends[words] = end;
        words++;
    }

    private byte[] joined() {
        int size = words - 1;
        for (int i = 0; i < words; i++) {
            size += ends[i] - starts[i];
        }
        byte[] joined = new byte[size];
        int to = 0;
        for (int i = 0; i < words; i++) {
            if (i > 0) {
                joined[to++] = ' ';
            }
            int length = ends[i] - starts[i];
            System.arraycopy(holders[i], starts[i], joined, to, length);
            to += length;
        }
        return joined;
    }
}
