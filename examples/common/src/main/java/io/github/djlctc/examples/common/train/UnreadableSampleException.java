package io.github.djlctc.examples.common.train;

/** A sample cannot be read, or is nothing that the model could be given. */
public final class UnreadableSampleException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The class of problem. */
    private final String reason;

    /**
     * Creates the exception.
     *
     * @param reason the class of problem, the same words for all samples that share it
     * @param detail what is wrong with this sample
     */
    public UnreadableSampleException(String reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    /** {@return the class of problem} */
    public String reason() {
        return reason;
    }
}
