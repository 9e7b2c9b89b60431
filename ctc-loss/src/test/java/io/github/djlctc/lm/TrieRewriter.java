package io.github.djlctc.lm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Writes a plain KenLM trie as one of the other kinds, with as many bits as the weights need to be
 * the same.
 */
final class TrieRewriter {

    static final int QUANTIZED = 3;
    static final int ARRAY = 4;
    static final int QUANTIZED_ARRAY = 5;

    private static final int PROBABILITY_BITS = 12;
    private static final int BACK_OFF_BITS = 11;
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

    /** An entry of the trie as it is in the plain kind, without its pointer. */
    private record Entry(long word, long probability, long backOff) {}

    private byte[] rewrite() {
        boolean quantized = kind != ARRAY;
        int vocabularyEnd = (108 + 8 * order + 7) / 8 * 8 + 8 + 8 * counts[1];
        copy(0, vocabularyEnd);
        out.putInt(96, kind);
        int unigramsEnd = vocabularyEnd + (counts[1] + 2) * 16;
        List<List<Entry>> entries = new ArrayList<>();
        List<List<Long>> pointers = new ArrayList<>();
        int start = unigramsEnd;
        for (int length = 2; length <= order; length++) {
            start += read(length, start, entries, pointers);
        }
        List<List<Long>> probabilities = new ArrayList<>();
        List<List<Long>> backOffs = new ArrayList<>();
        for (List<Entry> level : entries) {
            probabilities.add(sorted(level.stream().map(Entry::probability).toList()));
            backOffs.add(sorted(level.stream().map(Entry::backOff).toList()));
        }
        if (quantized) {
            out.put((byte) 2)
                    .put((byte) PROBABILITY_BITS)
                    .put((byte) BACK_OFF_BITS)
                    .put(new byte[5]);
            for (int length = 2; length <= order; length++) {
                // The sign of probabilities is not in the plain trie.
                putTable(probabilities.get(length - 2), PROBABILITY_BITS, Integer.MIN_VALUE);
                if (length < order) {
                    putTable(backOffs.get(length - 2), BACK_OFF_BITS, 0);
                }
            }
        }
        copy(vocabularyEnd, unigramsEnd);
        for (int length = 2; length <= order; length++) {
            int upperBits = length < order ? putUpperParts(length, pointers.get(length - 2)) : 0;
            StringBuilder bits = new StringBuilder();
            for (int i = 0; i <= counts[length]; i++) {
                Entry entry = entries.get(length - 2).get(i);
                append(bits, entry.word, wordBits);
                if (quantized && length < order) {
                    append(bits, index(backOffs.get(length - 2), entry.backOff), BACK_OFF_BITS);
                }
                if (quantized) {
                    append(
                            bits,
                            index(probabilities.get(length - 2), entry.probability),
                            PROBABILITY_BITS);
                } else {
                    append(bits, entry.probability, 31);
                }
                if (!quantized && length < order) {
                    append(bits, entry.backOff, 32);
                }
                if (length < order) {
                    int lowerBits = bits(counts[length + 1]) - upperBits;
                    append(bits, pointers.get(length - 2).get(i), lowerBits);
                }
            }
            putBits(bits);
            out.put(new byte[8]);
        }
        copy(start, in.capacity());
        byte[] result = new byte[out.position()];
        out.flip().get(result);
        return result;
    }

    /** Reads the entries of a length, and the one behind them; returns their size in bytes. */
    private int read(int length, int start, List<List<Entry>> entries, List<List<Long>> pointers) {
        boolean longest = length == order;
        int pointerBits = longest ? 0 : bits(counts[length + 1]);
        int entryBits = wordBits + 31 + (longest ? 0 : 32 + pointerBits);
        List<Entry> level = new ArrayList<>();
        List<Long> next = new ArrayList<>();
        for (int i = 0; i <= counts[length]; i++) {
            long at = 8L * start + (long) i * entryBits;
            long probability = get(at + wordBits, 31);
            long backOff = longest ? 0 : get(at + wordBits + 31, 32);
            level.add(new Entry(get(at, wordBits), probability, backOff));
            next.add(longest ? 0 : get(at + wordBits + 63, pointerBits));
        }
        entries.add(level);
        pointers.add(next);
        return ((counts[length] + 1) * entryBits + 7) / 8 + 8;
    }

    private int putUpperParts(int length, List<Long> pointers) {
        if (kind == QUANTIZED) {
            return 0;
        }
        int largest = counts[length + 1];
        int bits = bits(largest);
        int upperBits = 0;
        for (int upper = 1; upper <= Math.min(bits, MOST_UPPER_BITS); upper++) {
            if (change(length, upper) < change(length, upperBits)) {
                upperBits = upper;
            }
        }
        int lowerBits = bits - upperBits;
        int base = out.position();
        out.put((byte) 0).put((byte) MOST_UPPER_BITS);
        out.put(new byte[(base + 7) / 8 * 8 + 8 - out.position()]);
        for (long upper = 0; upper <= largest >> lowerBits; upper++) {
            int first = 0;
            while (pointers.get(first) >> lowerBits < upper) {
                first++;
            }
            out.putLong(first);
        }
        out.position(base + 8 * (2 + (largest >> lowerBits)) + 7);
        return upperBits;
    }

    /** How many bits the file grows by when that many upper bits are left out. */
    private int change(int length, int upperBits) {
        int largest = counts[length + 1];
        return (largest >> (bits(largest) - upperBits)) * 64 - (counts[length] + 1) * upperBits;
    }

    private void putTable(List<Long> values, int bits, int sign) {
        for (long value : values) {
            out.putInt((int) value | sign);
        }
        out.put(new byte[4 * ((1 << bits) - values.size())]);
    }

    private static List<Long> sorted(List<Long> values) {
        return List.copyOf(new TreeSet<>(values));
    }

    private static long index(List<Long> values, long value) {
        return values.indexOf(value);
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
