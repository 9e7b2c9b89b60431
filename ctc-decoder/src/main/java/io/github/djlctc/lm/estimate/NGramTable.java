package io.github.djlctc.lm.estimate;

import java.util.Arrays;

/**
 * Counts the n-grams of one order.
 *
 * <p>N-grams have ids in the order of first occurrence, and are found by the id of their context
 * (all words but the last, an n-gram of the order below) and their last word. So an n-gram takes
 * four ints and its part of the hash table, whatever its length.
 */
final class NGramTable {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int INITIAL_SLOTS = 1 << 10;

    /** The hash table: the id + 1 of the n-gram in each slot, 0 in free ones; null once frozen. */
    private int[] slots = new int[INITIAL_SLOTS];

    /** The id of each n-gram's context, in the order below. */
    private int[] contexts = new int[INITIAL_SLOTS / 2];

    /** The id of each n-gram's last word. */
    private int[] words = new int[INITIAL_SLOTS / 2];

    /** The id of each n-gram without its first word, in the order below. */
    private int[] suffixes = new int[INITIAL_SLOTS / 2];

    /** The occurrences of each n-gram in the text. */
    private int[] counts = new int[INITIAL_SLOTS / 2];

    private int size;

    /**
     * Finds an n-gram, or adds it with count 0.
     *
     * @param suffix the id of all its words but the first, in the order below
     * @return the n-gram's id
     */
    int find(int context, int word, int suffix) {
        int mask = slots.length - 1;
        int slot = hash(context, word) & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            if (contexts[id] == context && words[id] == word) {
                return id;
            }
            slot = slot + 1 & mask;
        }
        if (size == contexts.length) {
            grow();
            return find(context, word, suffix);
        }
        slots[slot] = size + 1;
        contexts[size] = context;
        words[size] = word;
        suffixes[size] = suffix;
        return size++;
    }

    void increment(int id) {
        counts[id]++;
    }

    /** Drops the hash table, which is half of the memory; n-grams cannot be found any more. */
    void freeze() {
        slots = null;
        resize(size);
    }

    int size() {
        return size;
    }

    int context(int id) {
        return contexts[id];
    }

    int word(int id) {
        return words[id];
    }

    int suffix(int id) {
        return suffixes[id];
    }

    /** Returns the number of occurrences of an n-gram in the text. */
    int count(int id) {
        return counts[id];
    }

    private void grow() {
        slots = new int[Math.multiplyExact(slots.length, 2)];
        int mask = slots.length - 1;
        for (int id = 0; id < size; id++) {
            int slot = hash(contexts[id], words[id]) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = id + 1;
        }
        // At most half of the slots are in use.
        resize(slots.length / 2);
    }

    private void resize(int capacity) {
        contexts = Arrays.copyOf(contexts, capacity);
        words = Arrays.copyOf(words, capacity);
        suffixes = Arrays.copyOf(suffixes, capacity);
        counts = Arrays.copyOf(counts, capacity);
    }

    private static int hash(int context, int word) {
        long key = ((long) context << 32 | word) * GOLDEN;
        key = (key ^ key >>> 32) * GOLDEN;
        return (int) (key >>> 32);
    }
}
