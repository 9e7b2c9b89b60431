package io.github.djlctc.lm.estimate;

/**
 * How word ids are packed into longs: words of the same number of bits, as many in a long as fit,
 * from the highest bits down.
 *
 * <p>Packed words compare like the sequences of their ids if the longs compare as unsigned. The
 * first words of a sequence are packed like that sequence with zeros for the others.
 */
final class NGramPacking {

    static final int MAX_WORDS = 10;

    private final int bits;
    private final int perLong;
    private final long wordMask;
    private final int[] longs = new int[MAX_WORDS];
    private final int[] shifts = new int[MAX_WORDS];

    /** By the number of equal leading bits of two longs, the number of equal words. */
    private final byte[] equalWords = new byte[Long.SIZE + 1];

    private NGramPacking(int bits) {
        this.bits = bits;
        perLong = Long.SIZE / bits;
        wordMask = -1L >>> (Long.SIZE - bits);
        for (int i = 0; i < MAX_WORDS; i++) {
            longs[i] = i / perLong;
            shifts[i] = Long.SIZE - bits * (i % perLong + 1);
        }
        for (int i = 0; i <= Long.SIZE; i++) {
            equalWords[i] = (byte) Math.min(i / bits, perLong);
        }
    }

    /** Returns the packing of ids below a limit. */
    static NGramPacking of(int limit) {
        return new NGramPacking(
                Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(limit - 1)));
    }

    /** Returns the number of longs that hold so many words. */
    int longs(int words) {
        return (words + perLong - 1) / perLong;
    }

    int word(long[] packed, int index) {
        return (int) (packed[longs[index]] >>> shifts[index] & wordMask);
    }

    int word(long[] array, int offset, int index) {
        return (int) (array[offset + longs[index]] >>> shifts[index] & wordMask);
    }

    /** Sets a word that is 0 so far. */
    void set(long[] packed, int index, int word) {
        packed[longs[index]] |= (long) word << shifts[index];
    }

    /** Returns the bits of so many first words, in as many longs as a longer sequence has. */
    long[] mask(int words, int ofWords) {
        long[] mask = new long[longs(ofWords)];
        for (int i = 0; i < words; i++) {
            mask[longs[i]] |= wordMask << shifts[i];
        }
        return mask;
    }

    /** Returns the number of equal words at the start of two sequences. */
    int equalWords(long[] first, long[] second, int longs) {
        for (int i = 0; i < longs; i++) {
            long difference = first[i] ^ second[i];
            if (difference != 0) {
                return i * perLong + equalWords[Long.numberOfLeadingZeros(difference)];
            }
        }
        return longs * perLong;
    }

    /** Moves the first word to the end: n-grams by their last words become those by context. */
    void firstToEnd(long[] packed, int words, long[] rotated) {
        clear(rotated, words);
        for (int i = 1; i < words; i++) {
            rotated[longs[i - 1]] |= (packed[longs[i]] >>> shifts[i] & wordMask) << shifts[i - 1];
        }
        set(rotated, words - 1, word(packed, 0));
    }

    /** Moves the last word to the front. */
    void endToFirst(long[] packed, int offset, int words, long[] rotated) {
        clear(rotated, words);
        for (int i = 1; i < words; i++) {
            rotated[longs[i]] |=
                    (packed[offset + longs[i - 1]] >>> shifts[i - 1] & wordMask) << shifts[i];
        }
        set(rotated, 0, word(packed, offset, words - 1));
    }

    private void clear(long[] packed, int words) {
        int count = longs(words);
        for (int i = 0; i < count; i++) {
            packed[i] = 0;
        }
    }

    /** Returns a sort of records by some of the words at their start. */
    RadixSort sortBy(int fromWord, int toWord, int width) {
        RadixSort.Builder digits = new RadixSort.Builder(width);
        for (int end = toWord; end > fromWord; ) {
            int at = longs[end - 1];
            int start = Math.max(fromWord, at * perLong);
            digits.add(at, shifts[end - 1], (end - start) * bits);
            end = start;
        }
        return digits.build();
    }
}
