package io.github.djlctc.engine;

/**
 * A tensor has another shape, data type or device than the block or the program that it was given
 * to. The message names both.
 */
public final class TensorMismatchException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what the tensor has, and what it must have
     */
    public TensorMismatchException(String message) {
        super(message);
    }
}
