package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The header of a FLAC file: its STREAMINFO block, as in RFC 9639, section 8.2. Other blocks of
 * metadata are skipped.
 */
final class FlacHeader {

    private static final byte[] MAGIC = "fLaC".getBytes(StandardCharsets.US_ASCII);
    private static final int STREAMINFO_BYTES = 34;
    private static final int BLOCK_HEADER_BYTES = 4;
    private static final int MD5_OFFSET = 18;
    private static final int LAST_BLOCK = 0x80;

    final int sampleRate;
    final int channels;
    final int bitsPerSample;

    /** The number of samples per channel; 0 if unknown. */
    final long totalSamples;

    /** The samples per channel of every block but the last; 0 if they vary. */
    final int fixedBlockSize;

    /** How many bytes come before the first audio frame, from the magic number on. */
    final long bytes;

    private final byte[] streamInfo;

    private FlacHeader(byte[] streamInfo, long bytes) {
        this.streamInfo = streamInfo;
        this.bytes = bytes;
        int least = ByteBuffer.wrap(streamInfo).getShort(0) & 0xFFFF;
        int most = ByteBuffer.wrap(streamInfo).getShort(2) & 0xFFFF;
        fixedBlockSize = least == most ? least : 0;
        long fields = ByteBuffer.wrap(streamInfo).getLong(10);
        sampleRate = (int) (fields >>> 44);
        channels = (int) (fields >>> 41 & 0x7) + 1;
        bitsPerSample = (int) (fields >>> 36 & 0x1F) + 1;
        totalSamples = fields & 0xF_FFFF_FFFFL;
    }

    static boolean startsHere(InputStream in) throws IOException {
        return Arrays.equals(FirstBytes.of(in, MAGIC.length), MAGIC);
    }

    /** Reads up to the first audio frame. */
    static FlacHeader read(Path file, InputStream in) throws IOException {
        try {
            in.skipNBytes(MAGIC.length);
            int start = readByte(in);
            if ((start & ~LAST_BLOCK) != 0) {
                throw corrupt(file, "it does not begin with a STREAMINFO block");
            }
            int length = readLength(in);
            byte[] streamInfo = in.readNBytes(STREAMINFO_BYTES);
            if (length != STREAMINFO_BYTES || streamInfo.length < STREAMINFO_BYTES) {
                throw corrupt(file, "its STREAMINFO block has " + length + " bytes, not 34");
            }
            long bytes = (long) MAGIC.length + BLOCK_HEADER_BYTES + STREAMINFO_BYTES;
            while ((start & LAST_BLOCK) == 0) {
                start = readByte(in);
                int skipped = readLength(in);
                in.skipNBytes(skipped);
                bytes += (long) BLOCK_HEADER_BYTES + skipped;
            }
            return new FlacHeader(streamInfo, bytes);
        } catch (EOFException e) {
            throw new AudioFormatException(
                    file, Problem.TRUNCATED, "it ends inside its metadata", e);
        }
    }

    /** Returns the start of a FLAC file that holds this block alone. */
    byte[] minimalFileStart() {
        return ByteBuffer.allocate(MAGIC.length + BLOCK_HEADER_BYTES + STREAMINFO_BYTES)
                .put(MAGIC)
                .putInt(LAST_BLOCK << 24 | STREAMINFO_BYTES)
                .put(streamInfo)
                .array();
    }

    /** Returns the MD5 sum of the samples; all zero if unknown. */
    byte[] md5() {
        return Arrays.copyOfRange(streamInfo, MD5_OFFSET, STREAMINFO_BYTES);
    }

    private static int readByte(InputStream in) throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException();
        }
        return value;
    }

    private static int readLength(InputStream in) throws IOException {
        return readByte(in) << 16 | readByte(in) << 8 | readByte(in);
    }

    private static AudioFormatException corrupt(Path file, String detail) {
        return new AudioFormatException(file, Problem.CORRUPT, detail);
    }
}
