package io.github.djlctc.lm;

import java.util.Arrays;

/** The edges of a trie: a hash table with open addressing from a node and a word to the child. */
final class ChildTable {

    static final int NONE = -1;

    /** The most edges: the table is at most 2/3 full, and arrays have at most 2^30 slots. */
    static final int MAX_SIZE = (1 << 30) / 3 * 2;

    /** The {@linkplain #key key} of the edge in each slot. */
    private long[] keys = new long[16];

    /** The child node of the edge in each slot, {@link #NONE} where the slot is free. */
    private int[] children = new int[16];

    private int size;

    ChildTable() {
        Arrays.fill(children, NONE);
    }

    /** Returns the child, or {@link #NONE}. */
    int find(int node, int word) {
        long key = key(node, word);
        int mask = keys.length - 1;
        int slot = hash(key) & mask;
        while (children[slot] != NONE && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return children[slot];
    }

    /** Adds a child that is not there yet. */
    void add(int node, int word, int child) {
        size++;
        if (size > keys.length / 3 * 2) {
            grow();
        }
        insert(key(node, word), child);
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldChildren = children;
        keys = new long[oldKeys.length * 2];
        children = new int[keys.length];
        Arrays.fill(children, NONE);
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldChildren[slot] != NONE) {
                insert(oldKeys[slot], oldChildren[slot]);
            }
        }
    }

    private void insert(long key, int child) {
        int mask = keys.length - 1;
        int slot = hash(key) & mask;
        while (children[slot] != NONE) {
            slot = (slot + 1) & mask;
        }
        keys[slot] = key;
        children[slot] = child;
    }

    private static long key(int node, int word) {
        return (long) node << 32 | word;
    }

    /**
     * Returns the slot to begin with; the multiplication by the golden ratio mixes the key's bits.
     */
    private static int hash(long key) {
        long product = key * 0x9e3779b97f4a7c15L;
        return (int) (product >>> 32);
    }
}
