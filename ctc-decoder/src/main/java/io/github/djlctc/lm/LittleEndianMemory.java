package io.github.djlctc.lm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** Little-endian memory of any size: a mapped file, or zeros on the heap, which can be changed. */
final class LittleEndianMemory {

    /** The bytes that chunks overlap by, so that each value lies in one chunk. */
    private static final int OVERLAP = Long.BYTES - 1;

    private static final int CHUNK_BITS = 30;
    private static final int WRITE_SIZE = 1 << 16;

    private final ByteBuffer[] chunks;
    private final int chunkBits;
    private final int mask;
    private final long length;

    private LittleEndianMemory(long length, int chunkBits, Source source) throws IOException {
        this.chunkBits = chunkBits;
        this.mask = (1 << chunkBits) - 1;
        this.length = length;
        this.chunks = new ByteBuffer[(int) ((length + mask) >>> chunkBits)];
        for (int i = 0; i < chunks.length; i++) {
            long start = (long) i << chunkBits;
            long size = Math.min((1L << chunkBits) + OVERLAP, length - start);
            chunks[i] = source.chunk(start, size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Gives the memory of a chunk. */
    private interface Source {

        ByteBuffer chunk(long start, long size) throws IOException;
    }

    static LittleEndianMemory map(FileChannel channel) throws IOException {
        return map(channel, CHUNK_BITS);
    }

    /** Maps a file in chunks of a number of bytes given as a power of two. */
    static LittleEndianMemory map(FileChannel channel, int chunkBits) throws IOException {
        return new LittleEndianMemory(
                channel.size(),
                chunkBits,
                (start, size) -> channel.map(FileChannel.MapMode.READ_ONLY, start, size));
    }

    static LittleEndianMemory allocate(long length) {
        return allocate(length, CHUNK_BITS);
    }

    /** Allocates zeros in chunks of a number of bytes given as a power of two. */
    static LittleEndianMemory allocate(long length, int chunkBits) {
        try {
            return new LittleEndianMemory(
                    length, chunkBits, (start, size) -> ByteBuffer.allocate((int) size));
        } catch (IOException e) {
            throw new AssertionError("no file is read", e);
        }
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

    void putByte(long at, byte value) {
        chunk(at).put((int) at & mask, value);
        int index = (int) at & mask;
        if (index < OVERLAP && at > mask) {
            chunks[(int) (at >>> chunkBits) - 1].put(index + mask + 1, value);
        }
    }

    void putInt(long at, int value) {
        int index = (int) at & mask;
        if (index <= mask + 1 - Integer.BYTES && (index >= OVERLAP || at <= mask)) {
            chunk(at).putInt(index, value);
        } else {
            // It is also in the overlap of the chunk before, or of this one.
            for (int i = 0; i < Integer.BYTES; i++) {
                putByte(at + i, (byte) (value >>> (i * Byte.SIZE)));
            }
        }
    }

    void putLong(long at, long value) {
        putInt(at, (int) value);
        putInt(at + Integer.BYTES, (int) (value >>> Integer.SIZE));
    }

    void putFloat(long at, float value) {
        putInt(at, Float.floatToRawIntBits(value));
    }

    /** Copies bytes, all of which lie in this memory. */
    void put(long at, byte[] bytes, int start, int count) {
        for (int i = 0; i < count; i++) {
            putByte(at + i, bytes[start + i]);
        }
    }

    /** Returns zeros with the bytes of this memory before them, or as many of them as fit. */
    LittleEndianMemory resized(long newLength) {
        LittleEndianMemory copy = allocate(newLength, chunkBits);
        for (int i = 0; i < Math.min(chunks.length, copy.chunks.length); i++) {
            int size = Math.min(chunks[i].capacity(), copy.chunks[i].capacity());
            copy.chunks[i].put(0, chunks[i], 0, size);
        }
        return copy;
    }

    /** Writes the first bytes. */
    void writeTo(WritableByteChannel channel, long count) throws IOException {
        for (long at = 0; at < count; at += WRITE_SIZE) {
            // Channels copy what they are given to memory outside the heap.
            int size = (int) Math.min(WRITE_SIZE, count - at);
            ByteBuffer part = chunk(at).slice((int) at & mask, size);
            while (part.hasRemaining()) {
                channel.write(part);
            }
        }
    }

    private ByteBuffer chunk(long at) {
        return chunks[(int) (at >>> chunkBits)];
    }
}
