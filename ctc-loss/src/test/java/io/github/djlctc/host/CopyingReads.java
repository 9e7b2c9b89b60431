package io.github.djlctc.host;

/**
 * While this is open, arrays of the CPU are copied when they are read, as those of a GPU are: what
 * a reader leaves behind there is left behind here too.
 */
public final class CopyingReads implements AutoCloseable {

    private CopyingReads() {}

    /** Begins to copy. */
    public static CopyingReads begin() {
        HostArrays.setCopyingAlways(true);
        return new CopyingReads();
    }

    @Override
    public void close() {
        HostArrays.setCopyingAlways(false);
    }
}
