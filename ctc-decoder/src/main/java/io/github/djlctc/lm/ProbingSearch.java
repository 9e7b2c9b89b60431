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
    private final int order;

    /** The hash table of each length from 2 on. */
    private final ProbingTable[] tables;

    /** Of no use but to make sure that memory is read. */
    @SuppressWarnings("UnusedVariable")
    private static long touched;

    ProbingSearch(LittleEndianMemory unigrams, long firstUnigram, ProbingTable[] tables) {
        this.unigrams = unigrams;
        this.firstUnigram = firstUnigram;
        this.tables = tables;
        this.order = tables.length - 1;
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
    public long key(long key, int word) {
        return NGramHash.combine(key, word);
    }

    @Override
    public long extend(int length, long nGram, long weights, long key, int word) {
        // A negative sign of the probability marks n-grams that no longer one ends in.
        return (int) weights < 0 ? NONE : tables[length + 1].find(key);
    }

    @Override
    public long weights(int length, long nGram) {
        if (length == 1) {
            return unigrams.getLong(nGram);
        }
        LittleEndianMemory memory = tables[length].memory();
        return length < order
                ? memory.getLong(nGram + Long.BYTES)
                : memory.getInt(nGram + Long.BYTES);
    }

    @Override
    public void prefetch(int[] words, int from) {
        long sum = 0;
        for (int last = from; last < words.length; last++) {
            long key = words[last];
            for (int length = 2; length <= Math.min(order, last + 1); length++) {
                key = NGramHash.combine(key, words[last + 1 - length]);
                sum += tables[length].touch(key);
            }
        }
        touched = sum;
    }
}
