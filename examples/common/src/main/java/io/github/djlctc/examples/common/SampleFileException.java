package io.github.djlctc.examples.common;

import java.io.IOException;

/**
 * A file of a sample that cannot be used; the message names the file, what is wrong, the values and
 * the remedy.
 */
public abstract class SampleFileException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with any such file. */
    private final String reason;

    /** What is wrong with this file. */
    private final String detail;

    /**
     * Creates the exception.
     *
     * @param file the name of the file
     * @param reason what is wrong, in words that all files with the same problem share
     * @param detail what is wrong with this file, with the values
     * @param cause the exception that told, or null
     */
    protected SampleFileException(String file, String reason, String detail, Throwable cause) {
        super(file + ": " + reason + ": " + detail, cause);
        this.reason = reason;
        this.detail = detail;
    }

    /** {@return what is wrong, in words that all files with the same problem share} */
    public final String reason() {
        return reason;
    }

    /** {@return what is wrong with this file, with the values} */
    public final String detail() {
        return detail;
    }
}
