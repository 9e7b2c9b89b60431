package io.github.djlctc.lm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a plain KenLM trie as one of the other kinds, with as many bits as the weights need to
 * stay the same.
 */
final class TrieRewriter {

    static final int QUANTIZED = 3;
    static final int ARRAY = 4;
    static final int QUANTIZED_ARRAY = 5;

    private static final int PROBABILITY_BITS = 12;
    private static final int BACKOFF_BITS = 11;
    private static final int MOST_UPPER_BITS = 22;

    private final ByteBuffer in;
    private final ByteBuffer out = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private final int kind;
    private final int order;
    private final int[] counts;
    private final int wordBits;

    private TrieRewriter(byte[] plain, int kind) {
        this.in = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        this.kind = kind;
        this.order = plain[88];
        this.counts = new int[order + 1];
        for (int length = 1; length <= order; length++) {
            counts[length] = (int) in.getLong(100 + 8 * length);
        }
        this.wordBits = bits(counts[1]);
    }

    static byte[] rewrite(byte[] plain, int kind) {
        return new TrieRewriter(plain, kind).rewrite();
    }

    /** An entry of the trie, whose pointer is 0 if it has the highest order. */
    private record Entry(long word, long probability, long backoff, long pointer) {}

    /** The n-grams of one length, with the entry behind the last, and their different weights. */
    private record Level(int length, List<Entry> entries) {

        List<Long> probabilities() {
            return sorted(entries.stream().map(Entry::probability));
        }

        List<Long> backoffs() {
            return sorted(entries.stream().map(Entry::backoff));
        }

        private static List<Long> sorted(Stream<Long> values) {
            return values.distinct().sorted().toList();
        }
    }

    private byte[] rewrite() {
        int vocabularyEnd = (108 + 8 * order + 7) / 8 * 8 + 8 + 8 * counts[1];
        int unigramsEnd = vocabularyEnd + (counts[1] + 2) * 16;
        List<Level> levels = new ArrayList<>();
        int end = unigramsEnd;
        for (int length = 2; length <= order; length++) {
            levels.add(read(length, end));
            end += ((counts[length] + 1) * entryBits(length) + 7) / 8 + 8;
        }
        copy(0, vocabularyEnd);
        out.putInt(96, kind);
        if (kind != ARRAY) {
            out.put((byte) 2).put((byte) PROBABILITY_BITS).put((byte) BACKOFF_BITS);
            out.put(new byte[5]);
            levels.forEach(this::putTables);
        }
        copy(vocabularyEnd, unigramsEnd);
        levels.forEach(this::putEntries);
        copy(end, in.capacity());
        byte[] result = new byte[out.position()];
        out.flip().get(result);
        return result;
    }

    private int entryBits(int length) {
        return wordBits + 31 + (length < order ? 32 + bits(counts[length + 1]) : 0);
    }

    private Level read(int length, int start) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i <= counts[length]; i++) {
            long at = 8L * start + (long) i * entryBits(length);
            long word = get(at, wordBits);
            long probability = get(at + wordBits, 31);
            if (length < order) {
                long backoff = get(at + wordBits + 31, 32);
                long pointer = get(at + wordBits + 63, bits(counts[length + 1]));
                entries.add(new Entry(word, probability, backoff, pointer));
            } else {
                entries.add(new Entry(word, probability, 0, 0));
            }
        }
        return new Level(length, entries);
    }

    private void putTables(Level level) {
        // The plain trie has no sign of probabilities.
        putTable(level.probabilities(), PROBABILITY_BITS, Integer.MIN_VALUE);
        if (level.length < order) {
            putTable(level.backoffs(), BACKOFF_BITS, 0);
        }
    }

    private void putTable(List<Long> values, int bits, int sign) {
        for (long value : values) {
            out.putInt((int) value | sign);
        }
        out.put(new byte[4 * ((1 << bits) - values.size())]);
    }

    private void putEntries(Level level) {
        boolean middle = level.length < order;
        int pointerBits = middle ? bits(counts[level.length + 1]) : 0;
        if (middle && kind != QUANTIZED) {
            pointerBits -= putUpperParts(level);
        }
        List<Long> probabilities = level.probabilities();
        List<Long> backoffs = level.backoffs();
        StringBuilder bits = new StringBuilder();
        for (Entry entry : level.entries) {
            append(bits, entry.word, wordBits);
            if (kind == ARRAY) {
                append(bits, entry.probability, 31);
                append(bits, entry.backoff, middle ? 32 : 0);
            } else {
                append(bits, backoffs.indexOf(entry.backoff), middle ? BACKOFF_BITS : 0);
                append(bits, probabilities.indexOf(entry.probability), PROBABILITY_BITS);
            }
            append(bits, entry.pointer, pointerBits);
        }
        putBits(bits);
        out.put(new byte[8]);
    }

    /** Writes the upper bits of the pointers, as many as make the file smallest. */
    private int putUpperParts(Level level) {
        int largest = counts[level.length + 1];
        int bits = bits(largest);
        int upperBits = 0;
        for (int upper = 1; upper <= Math.min(bits, MOST_UPPER_BITS); upper++) {
            if (growth(level.length, upper) < growth(level.length, upperBits)) {
                upperBits = upper;
            }
        }
        int lowerBits = bits - upperBits;
        int base = out.position();
        out.put((byte) 0).put((byte) MOST_UPPER_BITS);
        out.put(new byte[(base + 7) / 8 * 8 + 8 - out.position()]);
        for (long upper = 0; upper <= largest >> lowerBits; upper++) {
            int first = 0;
            while (level.entries.get(first).pointer >> lowerBits < upper) {
                first++;
            }
            out.putLong(first);
        }
        out.position(base + 8 * (2 + (largest >> lowerBits)) + 7);
        return upperBits;
    }

    /** Returns the bits by which the file grows if a number of upper bits is left out. */
    private int growth(int length, int upperBits) {
        int largest = counts[length + 1];
        return (largest >> (bits(largest) - upperBits)) * 64 - (counts[length] + 1) * upperBits;
    }

    private static int bits(int largest) {
        return 32 - Integer.numberOfLeadingZeros(largest);
    }

    private long get(long at, int bits) {
        long value = 0;
        for (int i = 0; i < bits; i++) {
            long bit = in.get((int) ((at + i) / 8)) >> ((at + i) % 8) & 1;
            value |= bit << i;
        }
        return value;
    }

    /** Appends the lowest bits of a value, the lowest first. */
    private static void append(StringBuilder text, long value, int bits) {
        for (int i = 0; i < bits; i++) {
            text.append(value >> i & 1);
        }
    }

    private void putBits(StringBuilder bits) {
        byte[] bytes = new byte[(bits.length() + 7) / 8];
        for (int i = 0; i < bits.length(); i++) {
            bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << i % 8);
        }
        out.put(bytes);
    }

    private void copy(int start, int end) {
        out.put(in.array(), start, end - start);
    }
}
