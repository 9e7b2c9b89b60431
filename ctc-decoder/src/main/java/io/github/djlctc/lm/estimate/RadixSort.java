package io.github.djlctc.lm.estimate;

import java.util.ArrayList;
import java.util.List;

/**
 * Sorts records, each of the same number of longs in one array, by some bits of them.
 *
 * <p>Stable: sorts by one digit after the other, from the least to the most significant, each by
 * counting.
 */
final class RadixSort {

    /** Few enough for each bucket to have its page and its line in the caches. */
    private static final int MAX_DIGIT_BITS = 9;

    private final int width;

    /** The digits from the least significant on: where in the record, from which bit, how many. */
    private final int[] longs;

    private final int[] shifts;
    private final int[] masks;

    private RadixSort(Builder builder) {
        width = builder.width;
        longs = builder.longs.stream().mapToInt(Integer::intValue).toArray();
        shifts = builder.shifts.stream().mapToInt(Integer::intValue).toArray();
        masks = builder.masks.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Sorts.
     *
     * @param records the records, which are overwritten
     * @param count the number of records
     * @param scratch as many longs as the records take
     * @return which of the two arrays has the sorted records
     */
    long[] sort(long[] records, int count, long[] scratch) {
        int[][] starts = histograms(records, count);
        long[] from = records;
        long[] to = scratch;
        for (int digit = 0; digit < longs.length; digit++) {
            if (toStarts(starts[digit], count)) {
                move(from, count, to, digit, starts[digit]);
                long[] sorted = to;
                to = from;
                from = sorted;
            }
        }
        return from;
    }

    private int[][] histograms(long[] records, int count) {
        int[][] histograms = new int[longs.length][];
        for (int digit = 0; digit < histograms.length; digit++) {
            int[] histogram = new int[masks[digit] + 1];
            int shift = shifts[digit];
            int mask = masks[digit];
            int end = count * width;
            for (int i = longs[digit]; i < end; i += width) {
                histogram[(int) (records[i] >>> shift) & mask]++;
            }
            histograms[digit] = histogram;
        }
        return histograms;
    }

    /** Turns numbers of records into places, and tells whether there is anything to sort. */
    private static boolean toStarts(int[] histogram, int count) {
        int start = 0;
        for (int i = 0; i < histogram.length; i++) {
            int size = histogram[i];
            if (size == count) {
                return false;
            }
            histogram[i] = start;
            start += size;
        }
        return true;
    }

    private void move(long[] from, int count, long[] to, int digit, int[] starts) {
        int at = longs[digit];
        int shift = shifts[digit];
        int mask = masks[digit];
        switch (width) {
            case 1 -> moveOne(from, count, to, shift, mask, starts);
            case 2 -> moveTwo(from, count, to, at, shift, mask, starts);
            case 3 -> moveThree(from, count, to, at, shift, mask, starts);
            default -> moveMany(from, count, to, at, shift, mask, starts);
        }
    }

    private static void moveOne(
            long[] from, int count, long[] to, int shift, int mask, int[] starts) {
        for (int i = 0; i < count; i++) {
            long key = from[i];
            to[starts[(int) (key >>> shift) & mask]++] = key;
        }
    }

    private static void moveTwo(
            long[] from, int count, long[] to, int at, int shift, int mask, int[] starts) {
        for (int i = 0; i < 2 * count; i += 2) {
            int place = 2 * starts[(int) (from[i + at] >>> shift) & mask]++;
            to[place] = from[i];
            to[place + 1] = from[i + 1];
        }
    }

    private static void moveThree(
            long[] from, int count, long[] to, int at, int shift, int mask, int[] starts) {
        for (int i = 0; i < 3 * count; i += 3) {
            int place = 3 * starts[(int) (from[i + at] >>> shift) & mask]++;
            to[place] = from[i];
            to[place + 1] = from[i + 1];
            to[place + 2] = from[i + 2];
        }
    }

    private void moveMany(
            long[] from, int count, long[] to, int at, int shift, int mask, int[] starts) {
        for (int i = 0; i < width * count; i += width) {
            int place = width * starts[(int) (from[i + at] >>> shift) & mask]++;
            for (int k = 0; k < width; k++) {
                to[place + k] = from[i + k];
            }
        }
    }

    /** Collects the digits, from the least significant on. */
    static final class Builder {

        private final int width;
        private final List<Integer> longs = new ArrayList<>();
        private final List<Integer> shifts = new ArrayList<>();
        private final List<Integer> masks = new ArrayList<>();

        Builder(int width) {
            this.width = width;
        }

        /** Adds bits of one long of the record. */
        void add(int at, int shift, int bits) {
            int digits = (bits + MAX_DIGIT_BITS - 1) / MAX_DIGIT_BITS;
            int done = 0;
            for (int digit = 0; digit < digits; digit++) {
                int size = (bits - done) / (digits - digit);
                longs.add(at);
                shifts.add(shift + done);
                masks.add((1 << size) - 1);
                done += size;
            }
        }

        RadixSort build() {
            return new RadixSort(this);
        }
    }
}
