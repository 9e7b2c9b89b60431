package io.github.djlctc.lm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Splits a text file into lines, and lines into fields at spaces and tabs. */
final class FieldReader {

    /** Far above the length of any n-gram, so a file with a longer line is not text. */
    private static final int MAX_LINE = 1 << 20;

    private static final int SHOWN = 60;

    // Eight bytes of a long.
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = LOW_BITS << 7;
    private static final long NEWLINES = LOW_BITS * '\n';

    private final Path file;
    private final InputStream stream;
    private byte[] buffer = new byte[1 << 16];

    /** The buffer. */
    private ByteBuffer bytes = view(buffer);

    private int limit;
    private int lineStart;
    private int lineEnd;
    private int nextLine;
    private int fieldStart;
    private int fieldEnd;
    private long number;

    /** The number of bytes that were before those in the buffer. */
    private long discarded;

    FieldReader(Path file, InputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    private static ByteBuffer view(byte[] buffer) {
        return ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next line; returns false at the end of the file. */
    boolean nextLine() throws IOException {
        lineStart = nextLine;
        int length = 0;
        do {
            length = newline(lineStart + length) - lineStart;
            if (lineStart + length < limit) {
                endLine(length, lineStart + length + 1);
                return true;
            }
        } while (fill());
        if (length > 0) {
            endLine(length, limit);
        }
        return length > 0;
    }

    /**
     * Returns the index of the first end of a line from an index on, or of the end of what is read.
     */
    private int newline(int from) {
        int at = from;
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            long difference = bytes.getLong(at) ^ NEWLINES;
            // The lowest bit set is the highest of the first byte that is 0.
            long zeros = (difference - LOW_BITS) & ~difference & HIGH_BITS;
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
        }
        while (at < limit && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private void endLine(int length, int next) {
        number++;
        lineEnd = lineStart + length;
        nextLine = next;
        fieldEnd = lineStart;
    }

    /** Moves the current line to the front of the buffer and reads more after it. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, lineStart, buffer, 0, limit - lineStart);
        limit -= lineStart;
        discarded += lineStart;
        lineStart = 0;
        if (limit == MAX_LINE) {
            number++;
            throw problem("it is longer than 1 MiB; the file is no text");
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * limit, MAX_LINE));
            bytes = view(buffer);
        }
        int read = stream.read(buffer, limit, buffer.length - limit);
        limit += Math.max(read, 0);
        return read > 0;
    }

    /** Goes to the next field of the line; returns false if there is none. */
    boolean nextField() {
        fieldStart = fieldEnd;
        while (fieldStart < lineEnd && isSpace(buffer[fieldStart])) {
            fieldStart++;
        }
        fieldEnd = fieldStart;
        while (fieldEnd < lineEnd && !isSpace(buffer[fieldEnd])) {
            fieldEnd++;
        }
        return fieldEnd > fieldStart;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\t' || value == '\r';
    }

    boolean fieldStartsWith(char character) {
        return buffer[fieldStart] == character;
    }

    /** Returns the hash of the current field by which KenLM identifies words. */
    long fieldHash() {
        return MurmurHash.hash(bytes, fieldStart, fieldEnd);
    }

    /** Returns the number that the current field is, NaN if it is none. */
    float fieldNumber() {
        return DecimalNumber.parse(buffer, fieldStart, fieldEnd);
    }

    /** Returns the number of bytes of the file that were read, up to the end of the line. */
    long position() {
        return discarded + nextLine;
    }

    /** Returns the current field; bytes that are not UTF-8 are replaced. */
    String field() {
        return new String(buffer, fieldStart, fieldEnd - fieldStart, StandardCharsets.UTF_8);
    }

    /** Returns the bytes of the current field, which are UTF-8. */
    byte[] utf8Bytes() throws LanguageModelFormatException {
        byte[] field = Arrays.copyOfRange(buffer, fieldStart, fieldEnd);
        for (byte value : field) {
            if (value < 0) {
                return utf8Field().getBytes(StandardCharsets.UTF_8);
            }
        }
        return field;
    }

    private String utf8Field() throws LanguageModelFormatException {
        String text = field();
        if (text.indexOf('\ufffd') >= 0
                && !Arrays.equals(
                        text.getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOfRange(buffer, fieldStart, fieldEnd))) {
            throw problem("\"" + text + "\" is not UTF-8; save the file in that encoding");
        }
        return text;
    }

    /** Returns the line without the whitespace around it; bytes that are not UTF-8 are replaced. */
    String line() {
        return new String(buffer, lineStart, lineEnd - lineStart, StandardCharsets.UTF_8).strip();
    }

    /** Returns the number of the line, from 1. */
    long lineNumber() {
        return number;
    }

    LanguageModelFormatException problem(String problem) {
        return new LanguageModelFormatException(file, number, problem);
    }

    /** Returns the beginning of the line in quotation marks, for messages. */
    String quotedLine() {
        String line = line();
        return "\"" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line) + "\"";
    }
}
