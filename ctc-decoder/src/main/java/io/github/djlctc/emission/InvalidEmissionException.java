package io.github.djlctc.emission;

/** Thrown if a frame has no best class, because its scores are NaN or infinite. */
public final class InvalidEmissionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient String frame;

    private InvalidEmissionException(String frame) {
        super(
                frame
                        + ": the class scores hold NaN or +infinity, or -infinity only; the model"
                        + " or its input features are broken, so check both for NaN");
        this.frame = frame;
    }

    /**
     * Creates the exception for emissions of one sample.
     *
     * @param frame the frame, from 0
     * @return the exception
     */
    public static InvalidEmissionException atFrame(int frame) {
        return new InvalidEmissionException("frame " + frame);
    }

    /**
     * Creates the exception for emissions of a batch.
     *
     * @param sample the sample, from 0
     * @param frame the frame, from 0
     * @return the exception
     */
    public static InvalidEmissionException atFrame(int sample, int frame) {
        return new InvalidEmissionException("sample " + sample + ", frame " + frame);
    }

    /**
     * Returns the exception for the same frame of a batch.
     *
     * @param sample the sample, from 0
     * @return a new exception, whose cause is this one
     */
    public InvalidEmissionException ofSample(int sample) {
        InvalidEmissionException ofSample =
                new InvalidEmissionException("sample " + sample + ", " + frame);
        ofSample.initCause(this);
        return ofSample;
    }
}
