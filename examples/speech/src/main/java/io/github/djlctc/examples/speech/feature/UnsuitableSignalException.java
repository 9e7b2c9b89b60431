package io.github.djlctc.examples.speech.feature;

/** A signal is not what the feature extractor of a model takes. */
public final class UnsuitableSignalException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong with the signal
     */
    public UnsuitableSignalException(String message) {
        super(message);
    }
}
