package io.github.djlctc.examples.common;

/** A sample cannot be used, and the user asked for that to be an error. */
public final class UnusableSampleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the sample, the reason and the detail
     */
    public UnusableSampleException(String message) {
        super(message);
    }
}
