package io.github.djlctc.examples.common;

import java.util.concurrent.CancellationException;

/**
 * Work that ended between two steps since the program is about to exit, which waits until the user
 * was told.
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
