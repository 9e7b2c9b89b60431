package io.github.djlctc.lm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The words of a model in the order of their ids, in UTF-8, each followed by a zero byte. */
final class WordBlock {

    private static final int MAX_WORD_BYTES = 1 << 16;

    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = LOW_BITS << 7;

    private final LittleEndianMemory memory;
    private final long start;
    private final int count;
    private volatile List<String> words;

    WordBlock(LittleEndianMemory memory, long start, int count) {
        this.memory = memory;
        this.start = start;
        this.count = count;
    }

    /** Checks what {@link #words} needs, in a fraction of its time. */
    void check(KenLMHeader header) throws LanguageModelFormatException {
        byte[] unknown = (ReservedWords.UNKNOWN + '\0').getBytes(StandardCharsets.UTF_8);
        long end = memory.length();
        boolean valid = end - start >= unknown.length;
        for (int i = 0; valid && i < unknown.length; i++) {
            valid = memory.getByte(start + i) == unknown[i];
        }
        long found = 0;
        long sinceZero = 0;
        long at = start;
        for (; valid && found < count && at + Long.BYTES <= end; at += Long.BYTES) {
            int zeros = Long.bitCount(zeroBytes(memory.getLong(at)));
            found += zeros;
            sinceZero = zeros == 0 ? sinceZero + Long.BYTES : 0;
            header.check(sinceZero <= MAX_WORD_BYTES, "a word has no end");
        }
        for (; valid && found < count && at < end; at++) {
            found += memory.getByte(at) == 0 ? 1 : 0;
        }
        header.check(
                valid && found >= count,
                "its list of words does not have the " + count + " words that it should");
    }

    /** Returns a number with the highest bit of each byte set that is 0. */
    private static long zeroBytes(long bytes) {
        return ~(((bytes & ~HIGH_BITS) + ~HIGH_BITS) | bytes | ~HIGH_BITS);
    }

    /** Returns the words. */
    List<String> words() {
        List<String> result = words;
        if (result == null) {
            result = read();
            words = result;
        }
        return result;
    }

    private List<String> read() {
        List<String> result = new ArrayList<>(count);
        byte[] word = new byte[64];
        long at = start;
        while (result.size() < count) {
            int length = 0;
            for (byte value = memory.getByte(at++); value != 0; value = memory.getByte(at++)) {
                if (length == word.length) {
                    word = Arrays.copyOf(word, 2 * length);
                }
                word[length++] = value;
            }
            result.add(new String(word, 0, length, StandardCharsets.UTF_8));
        }
        return List.copyOf(result);
    }
}
