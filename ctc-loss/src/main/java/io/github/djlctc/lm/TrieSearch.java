package io.github.djlctc.lm;

/**
 * Arrays of bits, one for each length, in which the n-grams that end in the same words follow each
 * other, sorted by the word in front; an n-gram is named by its index among those of its length.
 */
final class TrieSearch implements KenLMSearch {

    private static final int UNIGRAM = 16;
    private static final int PROBABILITY_BITS = 31;
    private static final int BACK_OFF_BITS = 32;

    /** Afterwards plain bisection bounds the number of steps. */
    private static final int INTERPOLATIONS = 8;

    private final MappedFile file;
    private final long unigrams;
    private final long largestWord;
    private final int wordBits;

    /** By the length of the n-grams. */
    private final long[] counts;

    private final long[] starts;
    private final int[] entryBits;
    private final int[] pointerBits;

    TrieSearch(MappedFile file, KenLMHeader header) throws LanguageModelFormatException {
        int order = header.order();
        this.file = file;
        this.unigrams = header.take((header.count(1) + 2) * UNIGRAM);
        this.largestWord = header.count(1);
        this.wordBits = bits(largestWord);
        this.counts = new long[order + 1];
        this.starts = new long[order + 1];
        this.entryBits = new int[order + 1];
        this.pointerBits = new int[order + 1];
        for (int length = 2; length <= order; length++) {
            counts[length] = header.count(length);
            entryBits[length] = wordBits + PROBABILITY_BITS;
            if (length < order) {
                pointerBits[length] = bits(header.count(length + 1));
                entryBits[length] += BACK_OFF_BITS + pointerBits[length];
            }
            // The last entry only ends the pointers of the one before, and any can be read as a
            // long.
            long bytes = ((counts[length] + 1) * entryBits[length] + 7) / 8 + Long.BYTES;
            starts[length] = header.take(bytes);
        }
    }

    private static int bits(long largest) {
        return Long.SIZE - Long.numberOfLeadingZeros(largest);
    }

    @Override
    public long unigram(int word) {
        return word;
    }

    @Override
    public long extend(int length, long nGram, int word) {
        long begin;
        long end;
        if (length == 1) {
            begin = file.getLong(unigrams + nGram * UNIGRAM + 8);
            end = file.getLong(unigrams + (nGram + 1) * UNIGRAM + 8);
        } else {
            int pointer = wordBits + PROBABILITY_BITS + BACK_OFF_BITS;
            begin = read(length, nGram, pointer, pointerBits[length]);
            end = read(length, nGram + 1, pointer, pointerBits[length]);
        }
        if (begin < 0 || end > counts[length + 1]) {
            return NONE;
        }
        return find(length + 1, begin, end, word);
    }

    /** Finds the word in a range of entries. */
    private long find(int length, long begin, long end, int word) {
        long low = begin;
        long high = end - 1;
        long lowest = 0;
        long highest = largestWord;
        for (int step = 0; low <= high; step++) {
            double share =
                    step < INTERPOLATIONS ? (double) (word - lowest) / (highest - lowest + 1) : 0.5;
            long middle = low + (long) (share * (high - low + 1));
            long found = read(length, middle, 0, wordBits);
            if (found == word) {
                return middle;
            }
            if (found < word) {
                low = middle + 1;
                lowest = found + 1;
            } else {
                high = middle - 1;
                highest = found - 1;
            }
        }
        return NONE;
    }

    @Override
    public float probability(int length, long nGram) {
        if (length == 1) {
            return file.getFloat(unigrams + nGram * UNIGRAM);
        }
        int bits = (int) read(length, nGram, wordBits, PROBABILITY_BITS);
        return -Float.intBitsToFloat(bits);
    }

    @Override
    public float backOff(int length, long nGram) {
        if (length == 1) {
            return file.getFloat(unigrams + nGram * UNIGRAM + 4);
        }
        return Float.intBitsToFloat(
                (int) read(length, nGram, wordBits + PROBABILITY_BITS, BACK_OFF_BITS));
    }

    /** Reads at most 57 bits of an entry. */
    private long read(int length, long entry, int offset, int bits) {
        long at = entry * entryBits[length] + offset;
        long value = file.getLong(starts[length] + (at >>> 3)) >>> (at & 7);
        return value & ((1L << bits) - 1);
    }
}
