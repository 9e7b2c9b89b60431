package io.github.djlctc.lm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** MurmurHash64A of Austin Appleby with the seed 0, by which KenLM identifies words. */
final class MurmurHash {

    private static final long FACTOR = 0xc6a4a7935bd1e995L;
    private static final int SHIFT = 47;

    private MurmurHash() {}

    static long hash(byte[] bytes) {
        ByteBuffer input = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long hash = bytes.length * FACTOR;
        while (input.remaining() >= Long.BYTES) {
            hash = (hash ^ mix(input.getLong() * FACTOR) * FACTOR) * FACTOR;
        }
        if (input.hasRemaining()) {
            long rest = 0;
            for (int shift = 0; input.hasRemaining(); shift += Byte.SIZE) {
                rest |= (input.get() & 0xffL) << shift;
            }
            hash = (hash ^ rest) * FACTOR;
        }
        return mix(mix(hash) * FACTOR);
    }

    private static long mix(long value) {
        return value ^ (value >>> SHIFT);
    }
}
