package io.github.djlctc.decode;

import java.util.Arrays;

/**
 * The prefixes that a search holds after a frame, in flat arrays.
 *
 * <p>Each has the total probability of the paths that end in a blank and of those that end in its
 * last token (in a separator, for prefixes that end with one or are empty), and for either kind the
 * probability of the best path, and what that path knows of the times of the tokens. The totals are
 * scaled by one power of two, the best paths by another.
 */
final class Beam {

    int[] node;
    double[] blank;
    double[] token;
    double[] bestBlank;
    double[] bestToken;

    /** The last record of the best path that ends in a blank. */
    int[] blankRecord;

    /** The record before the last token of the best path that ends in it. */
    int[] tokenRecord;

    int[] tokenStart;
    double[] tokenPeak;
    int size;

    Beam(int capacity) {
        node = new int[capacity];
        blank = new double[capacity];
        token = new double[capacity];
        bestBlank = new double[capacity];
        bestToken = new double[capacity];
        blankRecord = new int[capacity];
        tokenRecord = new int[capacity];
        tokenStart = new int[capacity];
        tokenPeak = new double[capacity];
    }

    void ensureCapacity(int capacity) {
        if (capacity > node.length) {
            int enough = Math.max(capacity, 2 * node.length);
            node = Arrays.copyOf(node, enough);
            blank = Arrays.copyOf(blank, enough);
            token = Arrays.copyOf(token, enough);
            bestBlank = Arrays.copyOf(bestBlank, enough);
            bestToken = Arrays.copyOf(bestToken, enough);
            blankRecord = Arrays.copyOf(blankRecord, enough);
            tokenRecord = Arrays.copyOf(tokenRecord, enough);
            tokenStart = Arrays.copyOf(tokenStart, enough);
            tokenPeak = Arrays.copyOf(tokenPeak, enough);
        }
    }

    double total(int index) {
        return blank[index] + token[index];
    }

    double bestPath(int index) {
        return Math.max(bestBlank[index], bestToken[index]);
    }

    void multiplyTotals(double powerOfTwo) {
        for (int i = 0; i < size; i++) {
            blank[i] *= powerOfTwo;
            token[i] *= powerOfTwo;
        }
    }

    void multiplyPaths(double powerOfTwo) {
        for (int i = 0; i < size; i++) {
            bestBlank[i] *= powerOfTwo;
            bestToken[i] *= powerOfTwo;
        }
    }
}
