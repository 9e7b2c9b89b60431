package io.github.djlctc.lm;

/**
 * Arrays of bits, one per length, in which the n-grams that end in the same words follow each
 * other, sorted by their first word; an n-gram is identified by its index among those of its
 * length.
 */
final class TrieSearch implements KenLMSearch {

    private static final int UNIGRAM = 16;

    /** The steps of interpolation search, after which bisection bounds the number of steps. */
    private static final int INTERPOLATIONS = 8;

    private final LittleEndianMemory file;
    private final TrieWeights weights;
    private final long unigrams;
    private final long largestWord;
    private final int wordBits;
    private final int order;

    /** The pointers of the n-grams of each length. */
    private final TriePointers[] pointers;

    /** The number of n-grams of each length. */
    private final long[] counts;

    /** The position in the file of the n-grams of each length. */
    private final long[] starts;

    /** The bits of an entry of each length. */
    private final int[] entryBits;

    TrieSearch(LittleEndianMemory file, KenLMHeader header) throws LanguageModelFormatException {
        this.order = header.order();
        this.file = file;
        this.weights = TrieWeights.create(file, header);
        this.unigrams = header.take((header.count(1) + 2) * UNIGRAM);
        this.largestWord = header.count(1);
        this.wordBits = bits(largestWord);
        this.pointers = new TriePointers[order + 1];
        this.counts = new long[order + 1];
        this.starts = new long[order + 1];
        this.entryBits = new int[order + 1];
        for (int length = 2; length <= order; length++) {
            counts[length] = header.count(length);
            entryBits[length] = wordBits + weights.bits(length);
            if (length < order) {
                pointers[length] = new TriePointers(file, header, length);
                entryBits[length] += pointers[length].lowerBits();
            }
            // One more entry ends the pointers of the last one, and reads take 8 bytes.
            long bytes = ((counts[length] + 1) * entryBits[length] + 7) / 8 + Long.BYTES;
            starts[length] = header.take(bytes);
        }
    }

    /** Returns the number of bits that the numbers from 0 to the largest need. */
    static int bits(long largest) {
        return Long.SIZE - Long.numberOfLeadingZeros(largest);
    }

    @Override
    public long unigram(int word) {
        return word;
    }

    @Override
    public long key(long key, int word) {
        // The way to an n-gram goes through its end.
        return 0;
    }

    @Override
    public long extend(int length, long nGram, long weights, long key, int word) {
        long begin = pointer(length, nGram);
        long end = pointer(length, nGram + 1);
        if (begin < 0 || end < begin || end > counts[length + 1]) {
            return NONE;
        }
        return find(length + 1, begin, end, word);
    }

    /** Returns the index of the first n-gram that has one more word in front. */
    private long pointer(int length, long nGram) {
        if (length == 1) {
            return file.getLong(unigrams + nGram * UNIGRAM + 8);
        }
        int offset = wordBits + weights.bits(length);
        int lowerBits = pointers[length].lowerBits();
        return pointers[length].upperPart(nGram) << lowerBits
                | read(length, nGram, offset, lowerBits);
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
    public long weights(int length, long nGram) {
        if (length == 1) {
            return file.getLong(unigrams + nGram * UNIGRAM);
        }
        int offset = wordBits + weights.probabilityOffset(length);
        float probability =
                weights.probability(length, read(length, nGram, offset, weights.probabilityBits));
        long bits = Float.floatToRawIntBits(probability) & 0xffffffffL;
        if (length == order) {
            return bits;
        }
        int backoffOffset = wordBits + weights.backoffOffset();
        float backoff =
                weights.backoff(length, read(length, nGram, backoffOffset, weights.backoffBits));
        return (long) Float.floatToRawIntBits(backoff) << Integer.SIZE | bits;
    }

    /** Reads at most 57 bits of an entry. */
    private long read(int length, long nGram, int offset, int bits) {
        long at = nGram * entryBits[length] + offset;
        long value = file.getLong(starts[length] + (at >>> 3)) >>> (at & 7);
        return value & ((1L << bits) - 1);
    }
}
