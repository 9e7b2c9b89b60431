package io.github.djlctc.lm.estimate;

import java.util.Arrays;

/**
 * Counts the n-grams of one order.
 *
 * <p>An n-gram is an id, given in the order of first occurrence, and is found by the id of its
 * context (all words but the last, an n-gram of the order below) and its last word. So any n-gram
 * takes four ints and a share of the hash table.
 */
final class NGramTable {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int INITIAL_SLOTS = 1 << 10;

    /** Id + 1 at the n-gram's place, 0 where there is none; null once frozen. */
    private int[] slots = new int[INITIAL_SLOTS];

    private int[] contexts = new int[INITIAL_SLOTS / 2];
    private int[] words = new int[INITIAL_SLOTS / 2];
    private int[] suffixes = new int[INITIAL_SLOTS / 2];
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

    /** Gives up the means to find n-grams, and with it half of the memory. */
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

    /** Returns how often the n-gram occurs in the text. */
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
        // Half of the slots at most are in use.
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
