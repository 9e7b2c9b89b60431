package io.github.djlctc.lm;

/** The words of n-grams of one length, in the order in which they were added. */
final class NGramRecord {

    private final int length;
    private LittleEndianMemory words = LittleEndianMemory.allocate(1 << 10);
    private int size;

    NGramRecord(int length) {
        this.length = length;
    }

    /** Adds an n-gram, whose last word comes first. */
    void add(int[] nGram, int from) {
        long at = position(size, 0);
        if (at + (long) length * Integer.BYTES > words.length()) {
            words = words.resized(words.length() * 2);
        }
        for (int i = 0; i < length; i++) {
            words.putInt(at + (long) i * Integer.BYTES, nGram[from + i]);
        }
        size++;
    }

    int size() {
        return size;
    }

    /** Returns a word of an n-gram, 0 for its last one. */
    int word(int nGram, int place) {
        return words.getInt(position(nGram, place));
    }

    private long position(int nGram, int place) {
        return ((long) nGram * length + place) * Integer.BYTES;
    }

    /**
     * Returns the n-grams sorted by their last words, then by those before them.
     *
     * @param ranks the rank of each word
     */
    int[] sorted(int[] ranks) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        // Sorts that keep the order of equals, from the least important word on.
        int[] next = new int[size];
        for (int place = length - 1; place >= 0; place--) {
            sort(order, next, place, ranks);
            int[] swap = order;
            order = next;
            next = swap;
        }
        return order;
    }

    private void sort(int[] from, int[] to, int place, int[] ranks) {
        int[] starts = new int[ranks.length + 1];
        for (int nGram : from) {
            starts[ranks[word(nGram, place)] + 1]++;
        }
        for (int rank = 0; rank < ranks.length; rank++) {
            starts[rank + 1] += starts[rank];
        }
        for (int nGram : from) {
            to[starts[ranks[word(nGram, place)]]++] = nGram;
        }
    }
}
