package io.github.djlctc.decode;

import java.util.Arrays;

/**
 * Finds a node's child by its token. An open-addressing table with linear probing, since a search
 * asks for a child far more often than it makes one.
 */
final class ChildIndex {

    private static final int FIRST_SLOTS = 4096;
    private static final long FREE = 0;

    private final int classes;

    /**
     * Two entries for each slot, beside each other in memory: the key, which is {@code node *
     * classes + token}, and what stands for the child, or {@link #FREE}.
     */
    private long[] slots = new long[2 * FIRST_SLOTS];

    private int size;

    ChildIndex(int classes) {
        this.classes = classes;
    }

    void clear() {
        Arrays.fill(slots, FREE);
        size = 0;
    }

    /** Returns a child, {@link PrefixTree#ABSENT} or {@link PrefixTree#IMPOSSIBLE}. */
    int get(int node, int token) {
        return child(slots[slot(key(node, token)) + 1]);
    }

    /** Adds a child, or {@link PrefixTree#IMPOSSIBLE}, that is absent. */
    void put(int node, int token, int child) {
        if (4 * ++size > slots.length) {
            grow();
        }
        put(key(node, token), value(child));
    }

    private void put(long key, long value) {
        int slot = slot(key);
        slots[slot] = key;
        slots[slot + 1] = value;
    }

    // ABSENT must become FREE, and IMPOSSIBLE something else.
    private static long value(int child) {
        return child - (long) PrefixTree.ABSENT;
    }

    private static int child(long value) {
        return (int) value + PrefixTree.ABSENT;
    }

    private long key(int node, int token) {
        return (long) node * classes + token;
    }

    private int slot(long key) {
        int mask = slots.length - 2;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 31) & mask;
        while (slots[slot + 1] != FREE && slots[slot] != key) {
            slot = slot + 2 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (int slot = 0; slot < old.length; slot += 2) {
            if (old[slot + 1] != FREE) {
                put(old[slot], old[slot + 1]);
            }
        }
    }
}
