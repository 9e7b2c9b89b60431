package io.github.djlctc.host;

/**
 * How arrays are read in a test: where they are, as on the CPU, or from copies, as from a GPU, so
 * that what a transfer leaves behind there is left behind on the CPU too, and can be counted.
 */
public enum Reading {
    IN_PLACE,
    FROM_COPIES;

    /** Runs what counts arrays. */
    public void during(Runnable test) {
        HostArrays.setCopyingAlways(this == FROM_COPIES);
        try {
            test.run();
        } finally {
            HostArrays.setCopyingAlways(false);
        }
    }

    /** Runs what counts arrays, both ways. */
    public static void everyWay(Runnable test) {
        for (Reading reading : values()) {
            reading.during(test);
        }
    }
}
