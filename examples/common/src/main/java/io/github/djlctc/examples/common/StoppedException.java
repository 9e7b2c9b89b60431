package io.github.djlctc.examples.common;

import java.util.concurrent.CancellationException;

/**
 * Reports that work ended between two steps because the program is exiting. The program waits until
 * the user has been told.
 */
public final class StoppedException extends CancellationException {

    private static final long serialVersionUID = 1L;

    private final transient GracefulStop stop;

    StoppedException(String message, GracefulStop stop) {
        super(message);
        this.stop = stop;
    }

    /** Says that the message was shown, so that the program may exit. */
    public void told() {
        stop.end();
    }
}
