package io.github.djlctc.lm;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads a text of any size strictly, plain or gzip, in constant memory.
 *
 * <p>A byte order mark at the start is skipped.
 */
public final class Utf8Text implements Closeable {

    private static final int BUFFER_SIZE = 1 << 16;

    private final Path file;
    private final InputStream stream;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_SIZE);
    private final CharBuffer chars = CharBuffer.allocate(BUFFER_SIZE).flip();
    private boolean started;
    private boolean ended;
    private boolean malformed;
    private boolean afterLineEnd;
    private long line = 1;

    private Utf8Text(Path file, InputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @return its text
     * @throws IOException if it cannot be read, a {@link LanguageModelFormatException} if it begins
     *     like gzip and is not
     */
    public static Utf8Text open(Path file) throws IOException {
        return new Utf8Text(file, TextInput.open(file));
    }

    /**
     * Reads the next UTF-16 code unit.
     *
     * @return the code unit, or -1 at the end
     * @throws IOException if the file cannot be read, a {@link LanguageModelFormatException} at the
     *     first bytes that are not UTF-8, or not gzip
     */
    public int read() throws IOException {
        if (!chars.hasRemaining() && !fill()) {
            return -1;
        }
        if (afterLineEnd) {
            line++;
        }
        char next = chars.get();
        afterLineEnd = next == '\n';
        return next;
    }

    /**
     * Returns the line of the last code unit that was read.
     *
     * @return its number, from 1
     */
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private boolean fill() throws IOException {
        chars.clear();
        while (chars.position() == 0) {
            // Characters before malformed bytes are returned first, so that lines are counted.
            if (malformed) {
                throw new LanguageModelFormatException(
                        file,
                        afterLineEnd ? line + 1 : line,
                        "not UTF-8; save the file in that encoding");
            }
            if (ended) {
                chars.flip();
                return false;
            }
            ended = !readBytes();
            bytes.flip();
            CoderResult result = decoder.decode(bytes, chars, ended);
            malformed = result.isError();
            bytes.compact();
            if (!started && chars.position() > 0) {
                started = true;
                if (chars.get(0) == '\ufeff') {
                    chars.flip().position(1);
                    chars.compact();
                }
            }
        }
        chars.flip();
        return true;
    }

    private boolean readBytes() throws IOException {
        int count = stream.read(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.position() + Math.max(count, 0));
        return count >= 0;
    }
}
