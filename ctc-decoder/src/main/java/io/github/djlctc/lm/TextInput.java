package io.github.djlctc.lm;

import io.github.djlctc.file.InputFile;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a text file, plain or gzip. */
public final class TextInput extends FilterInputStream {

    private static final int BUFFER_SIZE = 1 << 16;
    private static final int GZIP_MAGIC = 0x1f8b;

    private final Path file;

    private TextInput(Path file, InputStream stream) {
        super(stream);
        this.file = file;
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @return its bytes, uncompressed
     * @throws IOException if it cannot be read, a {@link LanguageModelFormatException} if it begins
     *     like gzip and is not; reading throws the same where it is damaged
     */
    public static InputStream open(Path file) throws IOException {
        InputStream stream = new BufferedInputStream(InputFile.open(file), BUFFER_SIZE);
        try {
            return of(file, stream);
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /**
     * Reads the bytes of a file that is open.
     *
     * @param stream the bytes of the file, buffered
     */
    static TextInput of(Path file, InputStream stream) throws IOException {
        stream.mark(2);
        int magic = stream.read() << 8 | stream.read();
        stream.reset();
        try {
            return new TextInput(
                    file, magic == GZIP_MAGIC ? new GZIPInputStream(stream, BUFFER_SIZE) : stream);
        } catch (ZipException | EOFException e) {
            throw damaged(file, e);
        }
    }

    boolean isCompressed() {
        return in instanceof GZIPInputStream;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (ZipException | EOFException e) {
            throw damaged(file, e);
        }
    }

    private static LanguageModelFormatException damaged(Path file, IOException cause) {
        LanguageModelFormatException damaged =
                new LanguageModelFormatException(
                        file,
                        "the gzip data is damaged or cut off ("
                                + cause.getMessage()
                                + "); compress the file anew");
        damaged.initCause(cause);
        return damaged;
    }
}
