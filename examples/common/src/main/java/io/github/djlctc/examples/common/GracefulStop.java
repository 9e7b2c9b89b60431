package io.github.djlctc.examples.common;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work that uses native memory end between two steps when the user stops the program.
 *
 * <p>PyTorch unloads while the JVM exits; a step that still runs then ends in a crash. A shutdown
 * hook asks the work to stop and waits for it.
 */
public final class GracefulStop implements AutoCloseable {

    private static final long MAX_WAIT_SECONDS = 30;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "graceful-stop");
    private volatile boolean requested;
    private volatile boolean telling;

    /** Starts listening for the end of the JVM. */
    public GracefulStop() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Tells whether the work should end.
     *
     * @return true once the JVM is about to exit
     */
    public boolean isRequested() {
        return requested;
    }

    /**
     * Keeps the program from exiting after {@link #close()} until the user has been told of the
     * stop.
     *
     * @param message what to tell
     * @return the exception to throw
     */
    public StoppedException stopped(String message) {
        telling = true;
        return new StoppedException(message, this);
    }

    /**
     * Ends the program, if it was asked to, with an exit code that says that all is well: that it
     * was stopped is how such a program ends. To be called when all work is done and all output is
     * written.
     */
    public void endWell() {
        if (requested) {
            // Exit codes of a JVM that is exiting can no longer be changed in another way.
            Runtime.getRuntime().halt(0);
        }
    }

    private void stop() {
        requested = true;
        try {
            finished.await(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells that the work has ended. */
    @Override
    public void close() {
        if (!telling) {
            end();
        }
    }

    void end() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is exiting, and the hook has run or is about to.
        }
    }
}
