package io.github.djlctc.decode;

/** The scores of a frame are not numbers that a class can be chosen by. */
public final class InvalidEmissionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private InvalidEmissionException(String frame) {
        super(
                frame
                        + ": the class scores hold NaN or +infinity, or -infinity only; the model"
                        + " or its input features are broken, so check both for NaN");
    }

    static InvalidEmissionException atFrame(int frame) {
        return new InvalidEmissionException("frame " + frame);
    }

    static InvalidEmissionException atFrame(int sample, int frame) {
        return new InvalidEmissionException("sample " + sample + ", frame " + frame);
    }
}
