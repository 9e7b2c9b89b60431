package io.github.djlctc.lm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Builds hash tables of n-grams, laid out as KenLM does, from n-grams in the order of their
 * lengths.
 *
 * <p>Every n-gram of two or more words finds the n-gram without its first word, whose probability
 * then has no sign, and its context, the n-gram without its last word, whose back-off weight then
 * is not -0. Those that a pruned model lacks are put in, with the probability that the model gives
 * them.
 *
 * <p>N-grams are given by the ids of their words, the last one first.
 */
final class ProbingModelBuilder {

    private static final int UNIGRAM = 8;

    /** The most words that have an id. */
    private static final int MAX_WORDS = Integer.MAX_VALUE - 8;

    private final int order;
    private final ProbingVocabularyBuilder vocabulary;
    private LittleEndianMemory unigrams;

    /** The hash table of each length from 2 on. */
    private final GrowingTable[] tables;

    /** The n-grams of each length from 2 on, null if they are not recorded. */
    private NGramRecord[] records;

    /** The words of the n-gram that is added. */
    private final int[] words;

    // The hashes of the n-grams of a batch, of their ends and of their contexts.
    private final long[] keys = new long[NGramBatch.CAPACITY];
    private final long[] ends = new long[NGramBatch.CAPACITY];
    private final long[] contexts = new long[NGramBatch.CAPACITY];

    /** Of no use but to make sure that memory is read. */
    @SuppressWarnings("UnusedVariable")
    private long touched;

    // The n-gram that was last found to be the end of a longer one, and the last context: in files
    // the same follow each other.
    private int lastEndLength;
    private long lastEnd;
    private int lastContextLength;
    private long lastContext;

    ProbingModelBuilder(int order, long expectedWords) {
        this.order = order;
        this.vocabulary = new ProbingVocabularyBuilder(expectedWords);
        this.unigrams = LittleEndianMemory.allocate((expectedWords + 1) * UNIGRAM);
        this.tables = new GrowingTable[order + 1];
        this.words = new int[order];
    }

    /** Keeps the words of all n-grams that are added from now on. */
    void recordNGrams() {
        records = new NGramRecord[order + 1];
        for (int length = 2; length <= order; length++) {
            records[length] = new NGramRecord(length);
        }
    }

    /** Returns the words of the n-grams of a length, if they were recorded. */
    NGramRecord record(int length) {
        return records[length];
    }

    int order() {
        return order;
    }

    ProbingVocabularyBuilder vocabulary() {
        return vocabulary;
    }

    /** Returns whether there can be no more words. */
    boolean isFull() {
        return vocabulary.size() >= MAX_WORDS;
    }

    /** Adds a word that is not there yet with its weights. */
    void addUnigram(long hash, byte[] word, float log10, float backoff) {
        setUnigram(vocabulary.add(hash, word), log10, backoff);
    }

    float unigramLogProbability(int word) {
        return unigrams.getFloat((long) word * UNIGRAM);
    }

    /** Sets the weights of a word. */
    void setUnigram(int word, float log10, float backoff) {
        long at = (long) word * UNIGRAM;
        if (at + UNIGRAM > unigrams.length()) {
            unigrams = unigrams.resized(2 * (at + UNIGRAM));
        }
        unigrams.putFloat(at, log10);
        unigrams.putFloat(at + Float.BYTES, backoff == 0 ? -0f : backoff);
    }

    /** Makes room for n-grams of the next length. */
    void start(int length, long expected) {
        tables[length] = new GrowingTable(expected, ProbingSearch.entrySize(length, order));
    }

    /**
     * Adds n-grams, and the shorter ones that they lack.
     *
     * @return the index of the first n-gram that the model has already, after which none is added,
     *     or -1
     */
    int add(NGramBatch batch) {
        int length = batch.length();
        for (int i = 0; i < batch.size(); i++) {
            batch.words(i, words);
            ends[i] = NGramHash.of(words, 0, length - 1);
            keys[i] = NGramHash.combine(ends[i], words[length - 1]);
            contexts[i] = NGramHash.of(words, 1, length - 1);
        }
        touch(batch.size(), length);
        for (int i = 0; i < batch.size(); i++) {
            long entry = tables[length].add(keys[i]);
            if (entry < 0) {
                return i;
            }
            setWeights(length, entry, batch.log10(i), batch.backoff(i));
            batch.words(i, words);
            record(words, 0, length);
            markEnd(words, 0, length - 1, ends[i]);
            markContext(words, 1, length - 1, contexts[i]);
        }
        return -1;
    }

    /**
     * Reads what adding a batch will read, so that the processor waits for many reads from memory
     * at once, where adding waits for each.
     */
    private void touch(int size, int length) {
        long sum = tables[length].table().touch(keys, size);
        if (length > 2) {
            sum += tables[length - 1].table().touch(ends, size);
            sum += tables[length - 1].table().touch(contexts, size);
        }
        touched = sum;
    }

    private void setWeights(int length, long entry, float log10, float backoff) {
        LittleEndianMemory memory = tables[length].memory();
        memory.putInt(entry + Long.BYTES, Float.floatToRawIntBits(log10) | Integer.MIN_VALUE);
        if (length < order) {
            memory.putFloat(entry + Long.BYTES + Float.BYTES, backoff == 0 ? -0f : backoff);
        }
    }

    /** Marks an n-gram as the end of a longer one. */
    private void markEnd(int[] words, int from, int length, long key) {
        if (length == 1) {
            clearSign(unigrams, (long) words[from] * UNIGRAM);
        } else if (length != lastEndLength || key != lastEnd) {
            long entry = findOrAdd(words, from, length, key);
            clearSign(tables[length].memory(), entry + Long.BYTES);
            lastEndLength = length;
            lastEnd = key;
        }
    }

    /** Marks an n-gram as the beginning of a longer one. */
    private void markContext(int[] words, int from, int length, long key) {
        if (length == 1) {
            clearNegativeZero(unigrams, (long) words[from] * UNIGRAM + Float.BYTES);
        } else if (length != lastContextLength || key != lastContext) {
            long entry = findOrAdd(words, from, length, key);
            clearNegativeZero(tables[length].memory(), entry + Long.BYTES + Float.BYTES);
            lastContextLength = length;
            lastContext = key;
        }
    }

    private static void clearSign(LittleEndianMemory memory, long at) {
        int probability = memory.getInt(at);
        if (probability < 0) {
            memory.putInt(at, probability & Integer.MAX_VALUE);
        }
    }

    private static void clearNegativeZero(LittleEndianMemory memory, long at) {
        if (memory.getInt(at) == Integer.MIN_VALUE) {
            memory.putInt(at, 0);
        }
    }

    /** Returns the position of an n-gram, which is put in if it is missing. */
    private long findOrAdd(int[] words, int from, int length, long key) {
        long found = tables[length].find(key);
        if (found != ProbingTable.NONE) {
            return found;
        }
        markEnd(words, from, length - 1, NGramHash.of(words, from, length - 1));
        markContext(words, from + 1, length - 1, NGramHash.of(words, from + 1, length - 1));
        float log10 = log10(words, from, length - 1) + backoff(words, from + 1, length - 1);
        long entry = tables[length].add(key);
        setWeights(length, entry, log10, 0);
        record(words, from, length);
        return entry;
    }

    private void record(int[] nGram, int from, int length) {
        if (records != null) {
            records[length].add(nGram, from);
        }
    }

    /** Returns the logarithm of the probability of an n-gram that is there, to the base 10. */
    float log10(int[] words, int from, int length) {
        return -Math.abs(weight(words, from, length, 0));
    }

    /** Returns the logarithm of the back-off weight of an n-gram that is there. */
    float backoff(int[] words, int from, int length) {
        return weight(words, from, length, Float.BYTES);
    }

    private float weight(int[] words, int from, int length, int offset) {
        if (length == 1) {
            return unigrams.getFloat((long) words[from] * UNIGRAM + offset);
        }
        long entry = tables[length].find(NGramHash.of(words, from, length));
        return tables[length].memory().getFloat(entry + Long.BYTES + offset);
    }

    /** Returns the words of an n-gram, for messages. */
    String text(NGramBatch batch, int index) {
        List<String> vocabularyWords = wordBlock().words();
        batch.words(index, words);
        StringBuilder text = new StringBuilder();
        for (int i = batch.length() - 1; i >= 0; i--) {
            text.append(vocabularyWords.get(words[i])).append(i > 0 ? " " : "");
        }
        return text.toString();
    }

    WordBlock wordBlock() {
        return new WordBlock(vocabulary.wordMemory(), 0, vocabulary.size());
    }

    /**
     * Ends building.
     *
     * @param counts how many n-grams of each length from 1 on were expected
     */
    void finish(List<Long> counts) {
        vocabulary.finish(counts.get(0));
        unigrams = unigrams.resized((vocabulary.table().capacity() + 1) * UNIGRAM);
        for (int length = 2; length <= order; length++) {
            tables[length].finish(counts.get(length - 1));
        }
    }

    KenLMModel build(Path file, List<String> warnings) {
        ProbingTable[] finished = new ProbingTable[order + 1];
        for (int length = 2; length <= order; length++) {
            finished[length] = tables[length].table();
        }
        return new KenLMModel(
                file,
                order,
                warnings,
                wordBlock(),
                new KenLMVocabulary.Probing(vocabulary.table().table(), vocabulary.size()),
                new ProbingSearch(unigrams, 0, finished));
    }

    /** Writes a KenLM binary of hash tables. */
    void writeTo(KenLMOutput out) throws IOException {
        GrowingTable words = vocabulary.table();
        long[] counts = new long[order];
        counts[0] = words.capacity();
        for (int length = 2; length <= order; length++) {
            counts[length - 1] = tables[length].capacity();
        }
        out.writeHeader(KenLMStructure.PROBING, counts);
        out.writeInt(0);
        out.writeInt(vocabulary.size());
        out.write(words.memory(), words.memory().length());
        out.write(unigrams, unigrams.length());
        for (int length = 2; length <= order; length++) {
            out.write(tables[length].memory(), tables[length].memory().length());
        }
        out.write(vocabulary.wordMemory(), vocabulary.wordBytes());
    }
}
