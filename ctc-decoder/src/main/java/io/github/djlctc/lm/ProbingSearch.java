package io.github.djlctc.lm;

/**
 * Hash tables, one per length; an n-gram is identified by its position in the memory of its table.
 */
final class ProbingSearch implements KenLMSearch {

    private static final int UNIGRAM = 8;
    private static final int MIDDLE = 16;
    private static final int LONGEST = 12;

    private final LittleEndianMemory unigrams;
    private final long firstUnigram;

    /** The hash table of each length from 2 on. */
    private final ProbingTable[] tables;

    ProbingSearch(LittleEndianMemory unigrams, long firstUnigram, ProbingTable[] tables) {
        this.unigrams = unigrams;
        this.firstUnigram = firstUnigram;
        this.tables = tables;
    }

    static ProbingSearch of(LittleEndianMemory file, KenLMHeader header)
            throws LanguageModelFormatException {
        int order = header.order();
        long unigrams = header.take((header.count(1) + 1) * UNIGRAM);
        ProbingTable[] tables = new ProbingTable[order + 1];
        for (int length = 2; length <= order; length++) {
            tables[length] = header.takeTable(header.count(length), entrySize(length, order));
        }
        return new ProbingSearch(file, unigrams, tables);
    }

    /** Returns the bytes of an n-gram of two or more words. */
    static int entrySize(int length, int order) {
        return length == order ? LONGEST : MIDDLE;
    }

    @Override
    public long unigram(int word) {
        return firstUnigram + (long) word * UNIGRAM;
    }

    @Override
    public long extend(int length, long nGram, int word) {
        long hash;
        if (length == 1) {
            if (unigrams.getInt(nGram) < 0) {
                return NONE;
            }
            hash = (nGram - firstUnigram) / UNIGRAM;
        } else {
            LittleEndianMemory memory = tables[length].memory();
            if (memory.getInt(nGram + Long.BYTES) < 0) {
                // A negative sign of the probability marks n-grams that no longer one ends in.
                return NONE;
            }
            hash = memory.getLong(nGram);
        }
        return tables[length + 1].find(NGramHash.combine(hash, word));
    }

    @Override
    public float probability(int length, long nGram) {
        return -Math.abs(
                length == 1
                        ? unigrams.getFloat(nGram)
                        : tables[length].memory().getFloat(nGram + Long.BYTES));
    }

    @Override
    public float backoff(int length, long nGram) {
        return length == 1
                ? unigrams.getFloat(nGram + Float.BYTES)
                : tables[length].memory().getFloat(nGram + Long.BYTES + Float.BYTES);
    }
}
