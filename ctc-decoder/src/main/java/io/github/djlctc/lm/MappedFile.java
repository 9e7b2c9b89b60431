package io.github.djlctc.lm;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

/** A memory-mapped little-endian file of any size. */
final class MappedFile {

    /** The bytes that chunks overlap by, so that each value lies in one chunk. */
    private static final int OVERLAP = Long.BYTES - 1;

    private final MappedByteBuffer[] chunks;
    private final int chunkBits;
    private final int mask;
    private final long length;

    private MappedFile(FileChannel channel, int chunkBits) throws IOException {
        this.chunkBits = chunkBits;
        this.mask = (1 << chunkBits) - 1;
        this.length = channel.size();
        this.chunks = new MappedByteBuffer[(int) ((length + mask) >>> chunkBits)];
        for (int i = 0; i < chunks.length; i++) {
            long start = (long) i << chunkBits;
            long size = Math.min((1L << chunkBits) + OVERLAP, length - start);
            chunks[i] = channel.map(FileChannel.MapMode.READ_ONLY, start, size);
            chunks[i].order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    static MappedFile map(FileChannel channel) throws IOException {
        return map(channel, 30);
    }

    /** Maps a file in chunks of a number of bytes given as a power of two. */
    static MappedFile map(FileChannel channel, int chunkBits) throws IOException {
        return new MappedFile(channel, chunkBits);
    }

    long length() {
        return length;
    }

    byte getByte(long at) {
        return chunk(at).get((int) at & mask);
    }

    int getInt(long at) {
        return chunk(at).getInt((int) at & mask);
    }

    long getLong(long at) {
        return chunk(at).getLong((int) at & mask);
    }

    float getFloat(long at) {
        return chunk(at).getFloat((int) at & mask);
    }

    private MappedByteBuffer chunk(long at) {
        return chunks[(int) (at >>> chunkBits)];
    }
}
