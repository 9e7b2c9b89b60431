package io.github.djlctc.decode;

import java.util.Arrays;

/**
 * The frames of the tokens that the best paths have left behind: each record is a token and points
 * to that of the token before.
 */
final class AlignmentHistory {

    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 2048;

    /** Records are dropped when there are this many, or twice as many as were needed. */
    private static final int COMPACT_ABOVE = 4096;

    /** The record of the token before, or {@link #NONE}. */
    private int[] previous = new int[FIRST_CAPACITY];

    /** The token's first frame. */
    private int[] start = new int[FIRST_CAPACITY];

    /** The frame after the token's last. */
    private int[] end = new int[FIRST_CAPACITY];

    /** The token's highest probability in its frames. */
    private double[] peak = new double[FIRST_CAPACITY];

    /** The new number of each record, while records are dropped. */
    private int[] renumbered = new int[FIRST_CAPACITY];

    /** Which records {@link #common} has visited: those with the last {@link #mark}. */
    private int[] marks = new int[FIRST_CAPACITY];

    private int mark;

    private int size;
    private int compactAbove;

    void reset() {
        size = 0;
        compactAbove = COMPACT_ABOVE;
    }

    int size() {
        return size;
    }

    int previous(int record) {
        return previous[record];
    }

    int start(int record) {
        return start[record];
    }

    int end(int record) {
        return end[record];
    }

    double peak(int record) {
        return peak[record];
    }

    int add(int previousRecord, int startFrame, int endFrame, double highestProbability) {
        if (size == previous.length) {
            int capacity = 2 * size;
            previous = Arrays.copyOf(previous, capacity);
            start = Arrays.copyOf(start, capacity);
            end = Arrays.copyOf(end, capacity);
            peak = Arrays.copyOf(peak, capacity);
            renumbered = Arrays.copyOf(renumbered, capacity);
            marks = Arrays.copyOf(marks, capacity);
        }
        int record = size++;
        previous[record] = previousRecord;
        start[record] = startFrame;
        end[record] = endFrame;
        peak[record] = highestProbability;
        return record;
    }

    /** Returns how many tokens a record has behind one that comes before it, or is it. */
    int distance(int record, int before) {
        int distance = 0;
        for (int r = record; r != before; r = previous[r]) {
            distance++;
        }
        return distance;
    }

    /**
     * Returns the last record that all have before them or are; {@link #NONE} if there is none.
     * Each record between is visited once.
     *
     * @param records those that all count
     * @param others more of them; {@link #NONE} does not count
     * @param before a record that all have before them, or {@link #NONE}
     */
    int common(int[] records, int[] others, int count, int before) {
        mark++;
        int common = records[0];
        for (int r = common; r != before; r = previous[r]) {
            marks[r] = mark;
        }
        if (before != NONE) {
            marks[before] = mark;
        }
        for (int i = 0; i < count; i++) {
            // Where one meets another that is not the first, it meets that at a lower number.
            common = Math.min(common, firstMarked(records[i]));
            common = others[i] == NONE ? common : Math.min(common, firstMarked(others[i]));
        }
        return common;
    }

    private int firstMarked(int record) {
        int r = record;
        while (r != NONE && marks[r] != mark) {
            marks[r] = mark;
            r = previous[r];
        }
        return r;
    }

    /** Returns whether it is time to {@link #compact}. */
    boolean isLarge() {
        return size > compactAbove;
    }

    /**
     * Drops all records but the given ones and those between them and the first, and renumbers
     * these.
     *
     * @param first the record that all others have before them, or {@link #NONE}
     * @param one records to keep; gets their new numbers
     * @param other more of them
     * @return the new number of the first
     */
    int compact(int first, int[] one, int[] other, int count) {
        retain(first, one, other, count);
        compactAbove = Math.max(COMPACT_ABOVE, 2 * size);
        return first == NONE ? NONE : renumbered[first];
    }

    private void retain(int first, int[] one, int[] other, int count) {
        Arrays.fill(renumbered, 0, size, NONE);
        if (first != NONE) {
            renumbered[first] = 0;
        }
        for (int i = 0; i < count; i++) {
            mark(one[i]);
            mark(other[i]);
        }
        int kept = 0;
        for (int record = 0; record < size; record++) {
            if (renumbered[record] != NONE) {
                int before = previous[record];
                previous[kept] = before == NONE ? NONE : renumbered[before];
                start[kept] = start[record];
                end[kept] = end[record];
                peak[kept] = peak[record];
                renumbered[record] = kept++;
            }
        }
        size = kept;
        for (int i = 0; i < count; i++) {
            one[i] = one[i] == NONE ? NONE : renumbered[one[i]];
            other[i] = other[i] == NONE ? NONE : renumbered[other[i]];
        }
    }

    private void mark(int record) {
        for (int r = record; r != NONE && renumbered[r] == NONE; r = previous[r]) {
            renumbered[r] = 0;
        }
    }
}
