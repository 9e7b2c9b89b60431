package io.github.djlctc.audit;

/** Finds items that occur more than once: a hash table of fingerprints with open addressing. */
final class FingerprintIndex {

    /** The number of a free place; those of items start at 1. */
    private static final int NONE = 0;

    /** The fingerprint at each place that is not free. */
    private long[] fingerprints = new long[1024];

    /** The number of the first item with the fingerprint at each place, or NONE. */
    private int[] numbers = new int[1024];

    private int size;

    /**
     * Adds a fingerprint, unless it is there.
     *
     * @param number the number of the item, from 1
     * @return the number of the first item with the fingerprint, or 0 if this is the first
     */
    int firstOrAdd(long fingerprint, int number) {
        int place = place(fingerprint);
        if (numbers[place] != NONE) {
            return numbers[place];
        }
        fingerprints[place] = fingerprint;
        numbers[place] = number;
        size++;
        if (size > fingerprints.length / 2) {
            grow();
        }
        return NONE;
    }

    private int place(long fingerprint) {
        int mask = fingerprints.length - 1;
        int place = (int) (fingerprint >>> 17) & mask;
        while (numbers[place] != NONE && fingerprints[place] != fingerprint) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        long[] oldFingerprints = fingerprints;
        int[] oldNumbers = numbers;
        fingerprints = new long[2 * oldFingerprints.length];
        numbers = new int[fingerprints.length];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != NONE) {
                int place = place(oldFingerprints[i]);
                fingerprints[place] = oldFingerprints[i];
                numbers[place] = oldNumbers[i];
            }
        }
    }
}
