package io.github.djlctc.lm;

/**
 * How a KenLM trie holds the pointers from the n-grams of one length to longer ones.
 *
 * <p>They grow with the index of the n-gram. So their upper bits can be left out of the entries,
 * and an array holds instead the index of the first n-gram that has each value of them (Raj and
 * Whittaker 2003, Lossless compression of language model structure and word identifiers).
 */
final class TriePointers {

    private final MappedFile file;
    private final int lowerBits;
    private final long array;
    private final long arrayLength;

    TriePointers(MappedFile file, KenLMHeader header, int length)
            throws LanguageModelFormatException {
        this.file = file;
        long largest = header.count(length + 1);
        int bits = TrieSearch.bits(largest);
        if (header.isArrayCompressed()) {
            long start = header.take(Long.BYTES);
            int version = file.getByte(start);
            header.check(version == 0, "its array compression has the version " + version);
            int mostUpperBits = Math.min(bits, file.getByte(start + 1) & 0xff);
            lowerBits = bits - upperBits(header.count(length) + 1, largest, bits, mostUpperBits);
            arrayLength = (largest >>> lowerBits) + 1;
            array = (start + 7) / Long.BYTES * Long.BYTES + Long.BYTES;
            header.take(arrayLength * Long.BYTES + 7);
        } else {
            lowerBits = bits;
            arrayLength = 1;
            array = 0;
        }
    }

    /** Returns how many upper bits KenLM leaves out: as many as make the file smallest. */
    private static int upperBits(long entries, long largest, int bits, int most) {
        int best = 0;
        long smallest = Long.MAX_VALUE;
        for (int upper = 0; upper <= most; upper++) {
            long size = (largest >>> (bits - upper)) * Long.SIZE - entries * upper;
            if (size < smallest) {
                smallest = size;
                best = upper;
            }
        }
        return best;
    }

    /** Returns the number of bits of a pointer that are in the entry. */
    int lowerBits() {
        return lowerBits;
    }

    /** Returns the other bits of an n-gram's pointer. */
    long upperPart(long nGram) {
        long low = 0;
        long high = arrayLength - 1;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (file.getLong(array + middle * Long.BYTES) <= nGram) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
