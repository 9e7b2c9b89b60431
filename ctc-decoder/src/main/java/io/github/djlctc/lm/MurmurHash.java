package io.github.djlctc.lm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** MurmurHash64A of Austin Appleby with the seed 0, by which KenLM identifies words. */
final class MurmurHash {

    private static final long FACTOR = 0xc6a4a7935bd1e995L;
    private static final int SHIFT = 47;

    private MurmurHash() {}

    static long hash(byte[] bytes) {
        return hash(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0, bytes.length);
    }

    /** Hashes a part of a little-endian buffer. */
    static long hash(ByteBuffer input, int start, int end) {
        long hash = (end - start) * FACTOR;
        int at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ mix(input.getLong(at) * FACTOR) * FACTOR) * FACTOR;
        }
        if (at < end) {
            long rest = 0;
            for (int i = end - 1; i >= at; i--) {
                rest = (rest << Byte.SIZE) | (input.get(i) & 0xffL);
            }
            hash = (hash ^ rest) * FACTOR;
        }
        return mix(mix(hash) * FACTOR);
    }

    private static long mix(long value) {
        return value ^ (value >>> SHIFT);
    }
}
