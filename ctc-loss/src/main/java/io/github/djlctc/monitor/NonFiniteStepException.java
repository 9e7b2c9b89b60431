package io.github.djlctc.monitor;

/** The loss or a gradient of a training step is NaN or infinite. */
public final class NonFiniteStepException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient NonFiniteStep step;

    /**
     * Creates the exception.
     *
     * @param step the step and its cause
     */
    public NonFiniteStepException(NonFiniteStep step) {
        super(step.toString());
        this.step = step;
    }

    /**
     * Returns the step and its cause.
     *
     * @return the step; null after Java serialization
     */
    public NonFiniteStep step() {
        return step;
    }
}
