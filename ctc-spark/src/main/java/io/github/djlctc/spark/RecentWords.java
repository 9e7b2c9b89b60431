package io.github.djlctc.spark;

import java.util.Arrays;

/** Some of the words that occurred, in bounded memory: the last one of each hash. */
final class RecentWords {

    private static final int SLOT_BITS = 16;

    /** Longer words are rare, and too many of them would take much memory. */
    private static final int MAX_BYTES = 64;

    private final byte[][] words = new byte[1 << SLOT_BITS][];

    /** Adds a word, and tells whether it was not there. */
    boolean add(byte[] word) {
        if (word.length > MAX_BYTES) {
            return true;
        }
        int mixed = Arrays.hashCode(word) * 0x9E3779B9;
        int slot = mixed >>> (Integer.SIZE - SLOT_BITS);
        if (Arrays.equals(words[slot], word)) {
            return false;
        }
        words[slot] = word;
        return true;
    }

    void clear() {
        Arrays.fill(words, null);
    }
}
