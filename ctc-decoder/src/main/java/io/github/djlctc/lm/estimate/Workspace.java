package io.github.djlctc.lm.estimate;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the records of an estimation are kept: in memory as long as a bound permits, then in a
 * temporary file.
 *
 * <p>Safe for use by many threads.
 */
final class Workspace implements Closeable {

    /** The size of a block: 256 KiB with the header of its array. */
    static final int BLOCK_LONGS = (1 << 15) - 8;

    private static final long BLOCK_BYTES = 1L << 18;
    private static final int MIN_MERGED = 4;
    private static final int MAX_MERGED = 128;

    /** For each sorter that merges, so that the fewest sequences fit, and what they become. */
    private static final long MERGER_BYTES = 1L << 24;

    private final long memory;
    private final Path folder;
    private final Workers workers;
    private final EstimationListener listener;

    /** The blocks that may still be kept in memory. */
    private long free;

    private TemporaryFile file;
    private boolean closed;

    /**
     * Creates a workspace.
     *
     * @param memory the bound in bytes; half is for records that wait, half for sorting
     * @param folder where the temporary file is created, if one is needed
     * @param workers sort
     * @param listener is told of progress
     */
    Workspace(long memory, Path folder, Workers workers, EstimationListener listener) {
        this.memory = memory;
        this.folder = folder;
        this.workers = workers;
        this.listener = listener;
        this.free = memory / 2 / BLOCK_BYTES;
    }

    Workers workers() {
        return workers;
    }

    /** Returns what counts the records of a step for the listener. */
    StepProgress progress(EstimationStep step) {
        return new StepProgress(listener, step);
    }

    /** Returns the bytes for blocks that are sorted, of all sorters that work at one time. */
    long sortingMemory() {
        return memory / 2;
    }

    /** Returns how many sorters may merge at one time, each on a thread. */
    int mergersAtOnce() {
        return (int) Math.max(1, Math.min(memory / MERGER_BYTES, workers.threads()));
    }

    /**
     * Returns the number of sorted sequences that a sorter may merge at one time.
     *
     * @param mergers how many sorters do so
     */
    int mergedAtOnce(int mergers) {
        long merged = memory / 8 / mergers / BLOCK_BYTES;
        return (int) Math.max(MIN_MERGED, Math.min(merged, MAX_MERGED));
    }

    /** Returns a new sequence of records. */
    Records records(int width) {
        return new Records(this, width);
    }

    /** Takes memory for a block, or tells that there is none left. */
    synchronized boolean takeBlock() {
        if (free == 0) {
            return false;
        }
        free--;
        return true;
    }

    synchronized void giveBlock() {
        free++;
    }

    /** Returns the temporary file, which is created now if there is none. */
    synchronized TemporaryFile file() throws IOException {
        if (closed) {
            throw new IOException("the workspace is closed");
        }
        if (file == null) {
            file = TemporaryFile.create(folder);
        }
        return file;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (file != null) {
            file.close();
        }
    }
}
