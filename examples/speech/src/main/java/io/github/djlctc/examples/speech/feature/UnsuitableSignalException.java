package io.github.djlctc.examples.speech.feature;

/** A signal is not what the feature extractor of a model takes. */
public final class UnsuitableSignalException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnsuitableSignalException(String message) {
        super(message);
    }
}
