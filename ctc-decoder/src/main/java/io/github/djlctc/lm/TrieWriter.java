package io.github.djlctc.lm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes n-grams as a KenLM trie: those of each length sorted by their last words, then by those
 * before them, each with its first word, its weights, and the index of the first n-gram that has
 * one more word in front.
 */
final class TrieWriter {

    private final ProbingModelBuilder nGrams;
    private final KenLMOutput out;
    private final int order;

    /** The hashes of the words by their ids. */
    private final long[] hashes;

    /** The ids of the words in the trie, which are in the order of the hashes, from 1 on. */
    private final int[] ranks;

    private final int wordBits;

    private final BinaryListener listener;

    TrieWriter(ProbingModelBuilder nGrams, KenLMOutput out, BinaryListener listener) {
        this.nGrams = nGrams;
        this.out = out;
        this.listener = listener;
        this.order = nGrams.order();
        this.hashes = nGrams.vocabulary().hashes();
        this.ranks = ranks(hashes);
        this.wordBits = TrieSearch.bits(hashes.length);
    }

    private static int[] ranks(long[] hashes) {
        long[] sorted = sorted(hashes);
        int[] ranks = new int[hashes.length];
        for (int word = 1; word < ranks.length; word++) {
            ranks[word] = 1 + Arrays.binarySearch(sorted, hashes[word] ^ Long.MIN_VALUE);
        }
        return ranks;
    }

    /** Returns the hashes but that of the unknown word, sorted as unsigned numbers, minus 2^63. */
    private static long[] sorted(long[] hashes) {
        long[] sorted = new long[hashes.length - 1];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = hashes[i + 1] ^ Long.MIN_VALUE;
        }
        Arrays.sort(sorted);
        return sorted;
    }

    void write() throws IOException {
        long[] counts = new long[order];
        counts[0] = hashes.length;
        for (int length = 2; length <= order; length++) {
            counts[length - 1] = nGrams.record(length).size();
        }
        out.writeHeader(KenLMStructure.TRIE, counts);
        long total = Arrays.stream(counts).skip(1).sum();
        NGramProgress progress = new NGramProgress(listener, BinaryStep.WRITING, total);
        writeHashes();
        int[] sorted = nGrams.record(2).sorted(ranks);
        writeUnigrams(sorted);
        for (int length = 2; length <= order; length++) {
            int[] longer = length == order ? new int[0] : nGrams.record(length + 1).sorted(ranks);
            writeNGrams(length, sorted, longer, progress);
            progress.finish();
            sorted = longer;
        }
        writeWords();
    }

    private void writeHashes() throws IOException {
        long[] sorted = sorted(hashes);
        out.writeLong(sorted.length);
        for (long hash : sorted) {
            out.writeLong(hash ^ Long.MIN_VALUE);
        }
        // KenLM has room for a hash of the unknown word.
        out.writeLong(0);
    }

    /** Returns the ids of the words by their ids in the trie. */
    private int[] wordsByRank() {
        int[] words = new int[ranks.length];
        for (int word = 0; word < ranks.length; word++) {
            words[ranks[word]] = word;
        }
        return words;
    }

    private void writeUnigrams(int[] bigrams) throws IOException {
        NGramRecord record = nGrams.record(2);
        int[] word = new int[1];
        int next = 0;
        int[] byRank = wordsByRank();
        for (int rank = 0; rank < ranks.length; rank++) {
            word[0] = byRank[rank];
            float probability = nGrams.log10(word, 0, 1);
            out.writeFloat(probability == 0 ? 0 : probability);
            out.writeFloat(nGrams.backoff(word, 0, 1));
            out.writeLong(next);
            while (next < bigrams.length && record.word(bigrams[next], 0) == word[0]) {
                next++;
            }
        }
        // The end of the last word's bigrams, and an entry that KenLM leaves empty.
        out.writeLong(0);
        out.writeLong(next);
        out.writeLong(0);
        out.writeLong(0);
    }

    private void writeNGrams(int length, int[] sorted, int[] longer, NGramProgress progress)
            throws IOException {
        NGramRecord record = nGrams.record(length);
        int pointerBits = length == order ? 0 : TrieSearch.bits(longer.length);
        int weightBits = length == order ? 31 : 63;
        long start = out.position();
        int[] words = new int[order];
        int next = 0;
        for (int nGram : sorted) {
            for (int i = 0; i < length; i++) {
                words[i] = record.word(nGram, i);
            }
            progress.step();
            out.writeBits(ranks[words[length - 1]], wordBits);
            int probability = Float.floatToRawIntBits(nGrams.log10(words, 0, length));
            out.writeBits(probability & Integer.MAX_VALUE, 31);
            if (length < order) {
                int backoff = Float.floatToRawIntBits(nGrams.backoff(words, 0, length));
                out.writeBits(backoff & 0xffffffffL, 32);
                out.writeBits(next, pointerBits);
                while (next < longer.length && continues(words, length, longer[next])) {
                    next++;
                }
            }
        }
        if (length < order) {
            out.writeBits(0, wordBits);
            out.writeBits(0, 31);
            out.writeBits(0, 32);
            out.writeBits(next, pointerBits);
        }
        out.endBits();
        long entryBits = (long) wordBits + weightBits + pointerBits;
        out.pad(start + ((sorted.length + 1) * entryBits + 7) / 8 + Long.BYTES);
    }

    /** Returns whether a longer n-gram ends in some words. */
    private boolean continues(int[] words, int length, int longer) {
        NGramRecord record = nGrams.record(length + 1);
        for (int i = length - 1; i >= 0; i--) {
            if (record.word(longer, i) != words[i]) {
                return false;
            }
        }
        return true;
    }

    private void writeWords() throws IOException {
        List<String> words = nGrams.wordBlock().words();
        for (int word : wordsByRank()) {
            for (byte value : words.get(word).getBytes(StandardCharsets.UTF_8)) {
                out.writeByte(value);
            }
            out.writeByte(0);
        }
    }
}
