package io.github.djlctc.lm;

import java.nio.charset.StandardCharsets;

/**
 * Gives ids to words in the order in which they come; that of {@code <unk>} is 0, whether it comes
 * or not.
 */
final class ProbingVocabularyBuilder {

    private static final int ENTRY = 12;

    private final GrowingTable table;
    private LittleEndianMemory words = LittleEndianMemory.allocate(1 << 10);
    private long wordsEnd;
    private int size = 1;

    ProbingVocabularyBuilder(long capacity) {
        table = new GrowingTable(capacity, ENTRY);
        appendWord(ReservedWords.UNKNOWN.getBytes(StandardCharsets.UTF_8));
    }

    static long hash(String word) {
        return MurmurHash.hash(word.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the id of the word with a hash, or 0. */
    int find(long hash) {
        long entry = table.find(hash);
        return entry == ProbingTable.NONE ? 0 : table.memory().getInt(entry + Long.BYTES);
    }

    /** Adds a word that is not there yet, and returns its id. */
    int add(long hash, byte[] word) {
        int id = size++;
        long entry = table.add(hash);
        table.memory().putInt(entry + Long.BYTES, id);
        appendWord(word);
        return id;
    }

    private void appendWord(byte[] word) {
        if (wordsEnd + word.length + 1 > words.length()) {
            words = words.resized(2 * (words.length() + word.length));
        }
        words.put(wordsEnd, word, 0, word.length);
        wordsEnd += word.length + 1;
    }

    /** Returns the hashes of the words by their ids, 0 for the unknown word. */
    long[] hashes() {
        long[] hashes = new long[size];
        ProbingTable words = table.table();
        for (long entry = 0; entry < words.buckets() * ENTRY; entry += ENTRY) {
            long hash = words.memory().getLong(entry);
            if (hash != 0) {
                hashes[words.memory().getInt(entry + Long.BYTES)] = hash;
            }
        }
        return hashes;
    }

    /** Returns the number of words, {@code <unk>} included. */
    int size() {
        return size;
    }

    void finish(long expected) {
        table.finish(expected);
    }

    GrowingTable table() {
        return table;
    }

    LittleEndianMemory wordMemory() {
        return words;
    }

    long wordBytes() {
        return wordsEnd;
    }
}
