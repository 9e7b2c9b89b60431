package io.github.djlctc.lm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** An ARPA file, plain or gzip. */
final class ArpaFile {

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
        TextInput text = TextInput.of(file, stream);
        return ArpaReader.read(
                file, text, text.isCompressed() ? size * COMPRESSION : size, recording, listener);
    }
}
