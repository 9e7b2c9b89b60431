package io.github.djlctc.numpy;

import java.io.IOException;

/**
 * A NumPy file that cannot be read; the message names the file, the entry, the value and the
 * remedy.
 */
public final class NumpyFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param source the file, with the entry of an archive
     * @param problem what is wrong, with the value, and what to do about it
     */
    public NumpyFormatException(String source, String problem) {
        super(source + ": " + problem);
    }

    /**
     * Creates the exception with its cause.
     *
     * @param source the file, with the entry of an archive
     * @param problem what is wrong, with the value, and what to do about it
     * @param cause the error behind it
     */
    public NumpyFormatException(String source, String problem, Throwable cause) {
        super(source + ": " + problem, cause);
    }
}
