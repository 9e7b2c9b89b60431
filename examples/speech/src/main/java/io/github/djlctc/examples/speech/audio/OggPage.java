package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A page of an Ogg file, RFC 3533, section 6, in memory that the next page is read into. */
final class OggPage {

    private static final int HEADER_BYTES = 27;
    private static final int CAPTURE_PATTERN = 0x5367_674F; // "OggS", little-endian
    private static final int CRC_OFFSET = 22;
    private static final int[] CRC_TABLE = crcTable();

    private final Path file;
    private final byte[] header = new byte[HEADER_BYTES + 255];
    private final ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] body = new byte[255 * 255];
    private int bodyBytes;
    private long position;

    OggPage(Path file) {
        this.file = file;
    }

    /** Reads the next page, and returns whether there was one. */
    boolean read(InputStream in) throws IOException {
        int read = in.readNBytes(header, 0, HEADER_BYTES);
        if (read == 0) {
            return false;
        }
        if (read == HEADER_BYTES && (fields.getInt(0) != CAPTURE_PATTERN || header[4] != 0)) {
            throw corrupt("no page follows at byte " + position);
        }
        if (read < HEADER_BYTES || in.readNBytes(header, HEADER_BYTES, segments()) < segments()) {
            throw truncated();
        }
        bodyBytes = 0;
        for (int i = 0; i < segments(); i++) {
            bodyBytes += segment(i);
        }
        if (in.readNBytes(body, 0, bodyBytes) < bodyBytes) {
            throw truncated();
        }
        checkSum();
        position += HEADER_BYTES + segments() + bodyBytes;
        return true;
    }

    private void checkSum() throws AudioFormatException {
        int expected = fields.getInt(CRC_OFFSET);
        fields.putInt(CRC_OFFSET, 0);
        int crc = crc(crc(0, header, HEADER_BYTES + segments()), body, bodyBytes);
        if (crc != expected) {
            throw corrupt("the checksum of the page at byte " + position + " is wrong");
        }
    }

    private static int crc(int start, byte[] bytes, int length) {
        int crc = start;
        for (int i = 0; i < length; i++) {
            crc = crc << 8 ^ CRC_TABLE[crc >>> 24 ^ (bytes[i] & 0xFF)];
        }
        return crc;
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc << 1 ^ (crc < 0 ? 0x04C1_1DB7 : 0);
            }
            table[i] = crc;
        }
        return table;
    }

    /** Tells whether the page begins with the rest of a packet. */
    boolean isContinued() {
        return (header[5] & 1) != 0;
    }

    /** Tells whether the page is the first of its stream. */
    boolean isFirst() {
        return (header[5] & 2) != 0;
    }

    /** Tells whether the page is the last of its stream. */
    boolean isLast() {
        return (header[5] & 4) != 0;
    }

    /** Returns the position at the end of the last packet that ends here; -1 if none does. */
    long granule() {
        return fields.getLong(6);
    }

    int serial() {
        return fields.getInt(14);
    }

    int number() {
        return fields.getInt(18);
    }

    int segments() {
        return header[26] & 0xFF;
    }

    /** Returns the length of a segment; a packet ends with one of less than 255 bytes. */
    int segment(int index) {
        return header[HEADER_BYTES + index] & 0xFF;
    }

    byte[] body() {
        return body;
    }

    String bodyText(int length) {
        return new String(body, 0, Math.min(length, bodyBytes), StandardCharsets.ISO_8859_1);
    }

    AudioFormatException truncated() {
        return new AudioFormatException(
                file, Problem.TRUNCATED, "it ends inside the page at byte " + position);
    }

    AudioFormatException corrupt(String detail) {
        return new AudioFormatException(file, Problem.CORRUPT, detail);
    }
}
