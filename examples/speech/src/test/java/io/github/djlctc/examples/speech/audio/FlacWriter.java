package io.github.djlctc.examples.speech.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes FLAC of one channel and 16 bits at 16 kHz whose blocks hold the samples as they are
 * (verbatim subframes, RFC 9639, section 9.2.4), so that a test decides every byte.
 */
final class FlacWriter {

    /** How frames are numbered. */
    enum Numbering {
        FIXED_BLOCKS,
        VARIABLE_BLOCKS,
        /** As in a part of a broadcast, whose first frame is not the first that was made. */
        FROM_A_THOUSAND_ON,
        /** Frame numbers beside a STREAMINFO block that says that blocks vary. */
        UNKNOWN_BLOCKS
    }

    private final Numbering numbering;
    private final int blockSize;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    FlacWriter(Numbering numbering, int blockSize) {
        this.numbering = numbering;
        this.blockSize = blockSize;
    }

    byte[] write(short[] samples) {
        writeHeader(samples.length);
        int number = numbering == Numbering.FROM_A_THOUSAND_ON ? 1000 : 0;
        int start = 0;
        while (start < samples.length) {
            int size = Math.min(samples.length - start, size(number));
            boolean isVariable = numbering == Numbering.VARIABLE_BLOCKS;
            writeFrame(isVariable ? start : number, samples, start, size);
            start += size;
            number++;
        }
        return out.toByteArray();
    }

    private int size(int number) {
        boolean varies =
                numbering == Numbering.VARIABLE_BLOCKS || numbering == Numbering.UNKNOWN_BLOCKS;
        return varies ? blockSize - number % 7 : blockSize;
    }

    private void writeHeader(int samples) {
        boolean varies = size(1) != blockSize;
        out.writeBytes("fLaC".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(
                ByteBuffer.allocate(4 + 34)
                        .putInt(34) // not the last block
                        .putShort((short) (varies ? blockSize - 6 : blockSize))
                        .putShort((short) blockSize)
                        .position(14)
                        .putLong(16_000L << 44 | 15L << 36 | samples)
                        .array());
        out.writeBytes(ByteBuffer.allocate(4 + 100).putInt(0x81_00_00_64).array()); // padding
    }

    private void writeFrame(int number, short[] samples, int start, int size) {
        ByteBuffer frame = ByteBuffer.allocate(32 + 2 * size);
        frame.put(header(number, size, numbering == Numbering.VARIABLE_BLOCKS));
        frame.put((byte) 2); // a verbatim subframe
        for (int i = start; i < start + size; i++) {
            frame.putShort(samples[i]);
        }
        int length = frame.position();
        frame.putShort((short) checksum(frame.array(), length, 16, 0x8005));
        out.write(frame.array(), 0, length + 2);
    }

    /** Returns the header of a frame, which sound may hold too. */
    static byte[] header(int number, int size, boolean isVariable) {
        ByteBuffer header = ByteBuffer.allocate(16);
        header.put((byte) 0xFF).put((byte) (isVariable ? 0xF9 : 0xF8));
        header.put((byte) 0x75); // the size in 16 bits; 16 kHz
        header.put((byte) 0x08); // one channel, 16 bits
        putNumber(header, number);
        header.putShort((short) (size - 1));
        header.put((byte) checksum(header.array(), header.position(), 8, 0x07));
        byte[] bytes = new byte[header.position()];
        header.flip().get(bytes);
        return bytes;
    }

    private static void putNumber(ByteBuffer header, int number) {
        if (number < 0x80) {
            header.put((byte) number);
        } else if (number < 0x800) {
            header.put((byte) (0xC0 | number >> 6)).put((byte) (0x80 | number & 0x3F));
        } else if (number < 0x10000) {
            header.put((byte) (0xE0 | number >> 12));
            header.put((byte) (0x80 | number >> 6 & 0x3F)).put((byte) (0x80 | number & 0x3F));
        } else {
            header.put((byte) (0xF0 | number >> 18)).put((byte) (0x80 | number >> 12 & 0x3F));
            header.put((byte) (0x80 | number >> 6 & 0x3F)).put((byte) (0x80 | number & 0x3F));
        }
    }

    private static int checksum(byte[] bytes, int length, int bits, int polynomial) {
        int checksum = 0;
        for (int i = 0; i < length; i++) {
            checksum ^= (bytes[i] & 0xFF) << (bits - 8);
            for (int bit = 0; bit < 8; bit++) {
                boolean top = (checksum >> (bits - 1) & 1) != 0;
                checksum = (checksum << 1 ^ (top ? polynomial : 0)) & ((1 << bits) - 1);
            }
        }
        return checksum;
    }
}
