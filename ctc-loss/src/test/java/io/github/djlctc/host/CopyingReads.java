package io.github.djlctc.host;

/**
 * Makes every read of an array copy it, as a GPU does, until it is closed: what a transfer leaves
 * behind there is then left behind on the CPU too, and can be counted.
 */
public final class CopyingReads implements AutoCloseable {

    private CopyingReads() {
        HostArrays.setCopyingAlways(true);
    }

    /** Begins to copy, on all threads. */
    public static CopyingReads begin() {
        return new CopyingReads();
    }

    /** Runs a test that counts arrays plainly, and then while every read copies. */
    public static void runBothWays(Test test) throws Exception {
        test.run();
        HostArrays.setCopyingAlways(true);
        try {
            test.run();
        } finally {
            HostArrays.setCopyingAlways(false);
        }
    }

    /** A test that counts arrays. */
    @FunctionalInterface
    public interface Test {
        /** Runs the test. */
        void run() throws Exception;
    }

    @Override
    public void close() {
        HostArrays.setCopyingAlways(false);
    }
}
