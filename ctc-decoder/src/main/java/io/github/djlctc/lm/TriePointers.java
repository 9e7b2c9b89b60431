package io.github.djlctc.lm;

/**
 * Reads the pointers of a KenLM trie from the n-grams of one length to longer ones.
 *
 * <p>Pointers increase with the index of the n-gram. So entries can leave out the upper bits, and
 * an array has for each value of these bits the index of the first n-gram with that value (Raj and
 * Whittaker 2003, Lossless compression of language model structure and word identifiers).
 */
final class TriePointers {

    private final LittleEndianMemory file;
    private final int lowerBits;
    private final long array;
    private final long arrayLength;

    TriePointers(LittleEndianMemory file, KenLMHeader header, int length)
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

    /** Returns the number of upper bits that KenLM leaves out to make the file smallest. */
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

    /** Returns the number of lower bits of a pointer, which are in the entry. */
    int lowerBits() {
        return lowerBits;
    }

    /** Returns the upper bits of the pointer of an n-gram, at their place in the pointer. */
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
