package io.github.djlctc.lm;

/**
 * Some n-grams of one length of two or more words, each with its line in the file.
 *
 * <p>Words are given by their ids, the last one first.
 */
final class NGramBatch {

    /** As many as there can be while what they touch stays in the cache. */
    static final int CAPACITY = 128;

    private final int length;
    private final int[] words;
    private final float[] log10s = new float[CAPACITY];
    private final float[] backoffs = new float[CAPACITY];
    private final long[] lines = new long[CAPACITY];
    private int size;

    NGramBatch(int length) {
        this.length = length;
        this.words = new int[CAPACITY * length];
    }

    /** Returns the number of words of each n-gram. */
    int length() {
        return length;
    }

    int size() {
        return size;
    }

    /** Sets a word of the n-gram that is added next. */
    void setWord(int index, int word) {
        words[size * length + index] = word;
    }

    /** Adds the n-gram whose words are set. */
    void add(float log10, float backoff, long line) {
        log10s[size] = log10;
        backoffs[size] = backoff;
        lines[size] = line;
        size++;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    void clear() {
        size = 0;
    }

    /** Copies the words of an n-gram. */
    void words(int index, int[] target) {
        System.arraycopy(words, index * length, target, 0, length);
    }

    float log10(int index) {
        return log10s[index];
    }

    float backoff(int index) {
        return backoffs[index];
    }

    long line(int index) {
        return lines[index];
    }
}
