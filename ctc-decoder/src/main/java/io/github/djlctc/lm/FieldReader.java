package io.github.djlctc.lm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Splits a text file into lines, and lines into fields at spaces and tabs. */
final class FieldReader {

    /** Far above the length of any n-gram, so a file with a longer line is not text. */
    private static final int MAX_LINE = 1 << 20;

    private static final int SHOWN = 60;

    private final Path file;
    private final InputStream stream;
    private byte[] buffer = new byte[1 << 16];
    private int limit;
    private int lineStart;
    private int lineEnd;
    private int nextLine;
    private int fieldStart;
    private int fieldEnd;
    private long number;

    FieldReader(Path file, InputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    /** Goes to the next line; returns false at the end of the file. */
    boolean nextLine() throws IOException {
        lineStart = nextLine;
        int length = 0;
        while (lineStart + length < limit || fill()) {
            if (buffer[lineStart + length] == '\n') {
                endLine(length, lineStart + length + 1);
                return true;
            }
            length++;
        }
        if (length > 0) {
            endLine(length, limit);
        }
        return length > 0;
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
        lineStart = 0;
        if (limit == MAX_LINE) {
            number++;
            throw problem("it is longer than 1 MiB; the file is no text");
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * limit, MAX_LINE));
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

    /** Returns the current field; bytes that are not UTF-8 are replaced. */
    String field() {
        return new String(buffer, fieldStart, fieldEnd - fieldStart, StandardCharsets.UTF_8);
    }

    /** Returns the current field. */
    String utf8Field() throws LanguageModelFormatException {
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
