package io.github.djlctc.decode;

import java.util.Arrays;

/**
 * The prefixes that a search holds after a frame, each with the probability of its paths. Entries
 * are in no order; what else belongs to a prefix has the same index in {@link BestPaths}.
 *
 * <p>All probabilities are scaled by one power of two.
 */
final class Beam {

    /** The node of each prefix in the {@link PrefixTree}. */
    private int[] node;

    /** The probability of the prefix's paths that end in a blank. */
    private double[] blank;

    /** The probability of its paths that end in its last token (see {@link BeamSearch}). */
    private double[] token;

    private int size;

    Beam(int capacity) {
        node = new int[capacity];
        blank = new double[capacity];
        token = new double[capacity];
    }

    private void ensureCapacity(int capacity) {
        if (capacity > node.length) {
            int enough = Math.max(capacity, 2 * node.length);
            node = Arrays.copyOf(node, enough);
            blank = Arrays.copyOf(blank, enough);
            token = Arrays.copyOf(token, enough);
        }
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** Adds a prefix and returns its index. */
    int add(int prefix, double blankProbability, double tokenProbability) {
        ensureCapacity(size + 1);
        node[size] = prefix;
        blank[size] = blankProbability;
        token[size] = tokenProbability;
        return size++;
    }

    int node(int index) {
        return node[index];
    }

    double blank(int index) {
        return blank[index];
    }

    double token(int index) {
        return token[index];
    }

    double total(int index) {
        return blank[index] + token[index];
    }

    void addToToken(int index, double probability) {
        token[index] += probability;
    }

    /** Moves an entry to its index or one before it; a negligible probability becomes 0. */
    void move(int from, int to) {
        node[to] = node[from];
        blank[to] = blank[from];
        token[to] = Scaling.withoutNegligible(token[from]);
    }

    /** Drops all entries from an index on. */
    void truncate(int newSize) {
        size = newSize;
    }

    /** Divides all probabilities by a power of two. */
    void scaleDown(int exponent) {
        double factor = Math.scalb(1.0, -exponent);
        for (int i = 0; i < size; i++) {
            blank[i] *= factor;
            token[i] *= factor;
        }
    }

    /**
     * Returns the node of the longest prefix that all prefixes begin with.
     *
     * @param ancestor the node of one that they begin with
     */
    int commonPrefix(PrefixTree tree, int ancestor) {
        return tree.commonPrefix(node, size, ancestor);
    }

    /**
     * Drops the nodes of a tree that no prefix needs.
     *
     * @param root the node that all prefixes begin with
     * @return its new number
     */
    int compact(PrefixTree tree, int root) {
        return tree.compact(root, node, size);
    }
}
