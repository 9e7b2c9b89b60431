package io.github.djlctc.lm;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** An ARPA file, plain or gzip. */
final class ArpaFile {

    private static final int BUFFER_SIZE = 1 << 16;

    /** How many times as large as its gzip file a text may be for its counts to be believed. */
    private static final int COMPRESSION = 30;

    private ArpaFile() {}

    /**
     * Reads a file.
     *
     * @param stream the bytes of the file, buffered; the caller closes it
     */
    static ArpaContents read(Path file, InputStream stream) throws IOException {
        return read(file, stream, false, (step, nGrams, total) -> {});
    }

    /**
     * Reads a file.
     *
     * @param stream the bytes of the file, buffered; the caller closes it
     * @param recording whether to keep the words of all n-grams, which hash tables do not
     * @param listener is told of the n-grams that are read
     */
    static ArpaContents read(
            Path file, InputStream stream, boolean recording, BinaryListener listener)
            throws IOException {
        long size = Files.isRegularFile(file) ? Files.size(file) : 0;
        stream.mark(2);
        int magic = stream.read() | (stream.read() << Byte.SIZE);
        stream.reset();
        return magic == GZIPInputStream.GZIP_MAGIC
                ? readGzip(file, stream, size * COMPRESSION, recording, listener)
                : ArpaReader.read(file, stream, size, recording, listener);
    }

    private static ArpaContents readGzip(
            Path file,
            InputStream compressed,
            long size,
            boolean recording,
            BinaryListener listener)
            throws IOException {
        try (InputStream stream = new GZIPInputStream(compressed, BUFFER_SIZE)) {
            return ArpaReader.read(file, stream, size, recording, listener);
        } catch (ZipException | EOFException e) {
            LanguageModelFormatException problem =
                    new LanguageModelFormatException(
                            file,
                            "the gzip data is damaged or cut off ("
                                    + e.getMessage()
                                    + "); compress the ARPA file anew");
            problem.initCause(e);
            throw problem;
        }
    }
}
