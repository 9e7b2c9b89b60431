package io.github.djlctc.lm;

/** Hash tables, one per length; an n-gram is identified by its position in the file. */
final class ProbingSearch implements KenLMSearch {

    private static final int UNIGRAM = 8;
    private static final int MIDDLE = 16;
    private static final int LONGEST = 12;

    private final MappedFile file;
    private final int order;
    private final long unigrams;

    /** The position of the hash table of each length. */
    private final long[] tables;

    /** The number of buckets of the hash table of each length. */
    private final long[] buckets;

    ProbingSearch(MappedFile file, KenLMHeader header) throws LanguageModelFormatException {
        this.file = file;
        this.order = header.order();
        this.unigrams = header.take((header.count(1) + 1) * UNIGRAM);
        this.tables = new long[order + 1];
        this.buckets = new long[order + 1];
        for (int length = 2; length <= order; length++) {
            buckets[length] = header.buckets(header.count(length));
            tables[length] = header.takeTable(buckets[length], entrySize(length));
        }
    }

    private int entrySize(int length) {
        return length == order ? LONGEST : MIDDLE;
    }

    @Override
    public long unigram(int word) {
        return unigrams + (long) word * UNIGRAM;
    }

    @Override
    public long extend(int length, long nGram, int word) {
        if (file.getInt(weights(length, nGram)) < 0) {
            // A negative sign of the probability marks n-grams that no longer one ends in.
            return NONE;
        }
        long hash = length == 1 ? (nGram - unigrams) / UNIGRAM : file.getLong(nGram);
        long key = hash * 0x7c9ba2733b63f585L ^ (1L + word) * 0xf8574e1221634907L;
        return find(length + 1, key);
    }

    private long find(int length, long key) {
        long table = tables[length];
        int entrySize = entrySize(length);
        long bucket = Long.remainderUnsigned(key, buckets[length]);
        for (long tried = 0; tried < buckets[length]; tried++) {
            long entry = table + bucket * entrySize;
            long found = file.getLong(entry);
            if (found == 0) {
                return NONE;
            }
            if (found == key) {
                return entry;
            }
            bucket = bucket + 1 == buckets[length] ? 0 : bucket + 1;
        }
        return NONE;
    }

    @Override
    public float probability(int length, long nGram) {
        return -Math.abs(file.getFloat(weights(length, nGram)));
    }

    @Override
    public float backoff(int length, long nGram) {
        return file.getFloat(weights(length, nGram) + 4);
    }

    private static long weights(int length, long nGram) {
        return length == 1 ? nGram : nGram + Long.BYTES;
    }
}
