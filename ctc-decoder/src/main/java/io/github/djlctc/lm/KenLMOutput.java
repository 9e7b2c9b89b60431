package io.github.djlctc.lm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Writes the parts of a KenLM binary one after the other. */
final class KenLMOutput {

    private final FileChannel channel;
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    /** The number of bytes written. */
    private long position;

    /** Bits that do not fill a byte yet, the first ones the lowest. */
    private long bits;

    private int bitCount;

    KenLMOutput(FileChannel channel) {
        this.channel = channel;
    }

    /** Writes the header. */
    void writeHeader(KenLMStructure structure, long[] counts) throws IOException {
        byte[] magic = (KenLMHeader.VERSION + "5\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < KenLMHeader.SANITY; i++) {
            writeByte(i < magic.length ? magic[i] : 0);
        }
        writeFloat(0);
        writeFloat(1);
        writeFloat(-0.5f);
        writeInt(1);
        writeInt(-1);
        writeInt(0);
        writeLong(1);
        boolean trie = structure == KenLMStructure.TRIE;
        writeInt(counts.length);
        writeFloat(GrowingTable.MULTIPLIER);
        writeInt(trie ? KenLMHeader.TRIE : KenLMHeader.PROBING);
        writeInt(1);
        writeInt(trie ? 1 : 0);
        for (long count : counts) {
            writeLong(count);
        }
        pad((position + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
    }

    void writeByte(int value) throws IOException {
        reserve(1);
        buffer.put((byte) value);
    }

    void writeInt(int value) throws IOException {
        reserve(Integer.BYTES);
        buffer.putInt(value);
    }

    void writeLong(long value) throws IOException {
        reserve(Long.BYTES);
        buffer.putLong(value);
    }

    void writeFloat(float value) throws IOException {
        writeInt(Float.floatToRawIntBits(value));
    }

    /** Writes the first bytes of memory. */
    void write(LittleEndianMemory memory, long count) throws IOException {
        flush();
        memory.writeTo(channel, count);
        position += count;
    }

    /** Writes a number of 1 to 32 bits, right behind the bits before it. */
    void writeBits(long value, int count) throws IOException {
        bits |= value << bitCount;
        bitCount += count;
        if (bitCount >= Integer.SIZE) {
            writeInt((int) bits);
            bits >>>= Integer.SIZE;
            bitCount -= Integer.SIZE;
        }
    }

    /** Fills the last byte of bits with zeros. */
    void endBits() throws IOException {
        for (; bitCount > 0; bitCount -= Byte.SIZE) {
            writeByte((int) bits);
            bits >>>= Byte.SIZE;
        }
        bits = 0;
        bitCount = 0;
    }

    long position() {
        return position;
    }

    /** Writes zeros up to a position. */
    void pad(long end) throws IOException {
        while (position < end) {
            writeByte(0);
        }
    }

    private void reserve(int count) throws IOException {
        if (buffer.remaining() < count) {
            flush();
        }
        position += count;
    }

    /** Hands all to the channel. */
    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
