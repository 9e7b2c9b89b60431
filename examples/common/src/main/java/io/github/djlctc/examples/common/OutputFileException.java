package io.github.djlctc.examples.common;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file cannot be written: the disk is full, for instance. The message names the file. */
public final class OutputFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private OutputFileException(String message, IOException cause) {
        super(message, cause);
    }

    /** Writes something. */
    @FunctionalInterface
    public interface Writing {

        /**
         * Writes.
         *
         * @throws IOException if that fails
         */
        void run() throws IOException;
    }

    /**
     * Writes something, and names the file if that fails.
     *
     * @param file what is written, named unless the error names a file
     * @param writing writes it
     * @throws OutputFileException if that fails
     */
    public static void guard(Path file, Writing writing) throws OutputFileException {
        try {
            writing.run();
        } catch (OutputFileException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new OutputFileException("cannot write " + ErrorText.of(e), e);
        } catch (IOException e) {
            throw new OutputFileException("cannot write " + file + ": " + ErrorText.of(e), e);
        }
    }
}
