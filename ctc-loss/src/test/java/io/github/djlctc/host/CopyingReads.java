package io.github.djlctc.host;

/**
 * Makes every read of an array copy it, as reading from a GPU does: what a transfer leaves behind
 * there is then left behind on the CPU too, and can be counted.
 */
public final class CopyingReads {

    private CopyingReads() {}

    /** Runs what counts arrays plainly, and then while every read copies. */
    public static void runBothWays(Runnable test) {
        test.run();
        HostArrays.setCopyingAlways(true);
        try {
            test.run();
        } finally {
            HostArrays.setCopyingAlways(false);
        }
    }
}
