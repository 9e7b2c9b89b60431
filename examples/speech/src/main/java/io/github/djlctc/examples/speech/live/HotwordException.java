package io.github.djlctc.examples.speech.live;

/** Hotwords that cannot be used, with the reason. */
public final class HotwordException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message which hotword, and what is wrong with it
     */
    public HotwordException(String message) {
        super(message);
    }
}
