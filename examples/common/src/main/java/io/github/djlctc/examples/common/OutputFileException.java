package io.github.djlctc.examples.common;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file cannot be written: the disk is full, for instance. The message names the file. */
public final class OutputFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param target what cannot be written: the name of a file
     */
    public OutputFileException(String target) {
        super("cannot write " + target);
    }

    private OutputFileException(String target, IOException cause) {
        super("cannot write " + target, cause);
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
     * @throws OutputFileException if that fails while writing
     * @throws FileSystemException if there is no such folder, or no permission
     */
    public static void guard(Path file, Writing writing)
            throws OutputFileException, FileSystemException {
        try {
            writing.run();
        } catch (OutputFileException e) {
            throw e;
        } catch (FileSystemException e) {
            if (e.getReason() == null) {
                throw e;
            }
            throw new OutputFileException(ErrorText.of(e), e);
        } catch (IOException e) {
            throw new OutputFileException(file + ": " + ErrorText.of(e), e);
        }
    }
}
