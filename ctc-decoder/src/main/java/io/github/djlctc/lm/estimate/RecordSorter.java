package io.github.djlctc.lm.estimate;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Sorts any number of records in bounded memory: block by block in the background, then by merging
 * the sorted blocks.
 */
final class RecordSorter {

    /** Larger blocks do not fit the caches even in part, and are sorted by fewer threads. */
    private static final int MAX_BLOCK_LONGS = 1 << 23;

    private static final int MIN_BLOCK_LONGS = 1 << 12;

    private final Workspace workspace;
    private final RadixSort sort;
    private final SortedBlock sorted;
    private final int width;
    private final int keyLongs;
    private final int blockLongs;
    private final int atOnce;
    private final Deque<Workers.Work<Records>> working = new ArrayDeque<>();
    private final List<Records> runs = new ArrayList<>();

    /** Arrays to use again: new ones cost more than to sort in them. */
    private final Deque<long[]> arrays = new ArrayDeque<>();

    private long[] filling = {};
    private int filled;

    /**
     * Creates a sorter.
     *
     * @param sort sorts a block
     * @param sorted takes the records of a sorted block
     * @param width the longs of a record
     * @param keyLongs the number of longs at the start of each record that order them
     * @param memory bytes
     * @param atOnce the number of blocks that are sorted at one time, while others are filled
     */
    RecordSorter(
            Workspace workspace,
            RadixSort sort,
            SortedBlock sorted,
            int width,
            int keyLongs,
            long memory,
            int atOnce) {
        this.workspace = workspace;
        this.sort = sort;
        this.sorted = sorted;
        this.width = width;
        this.keyLongs = keyLongs;
        this.atOnce = atOnce;
        // Each block that is sorted needs another one; one is filled meanwhile.
        long longs = memory / Long.BYTES / (2L * atOnce + 1);
        int bounded = (int) Math.max(MIN_BLOCK_LONGS, Math.min(longs, MAX_BLOCK_LONGS));
        blockLongs = bounded / width * width;
    }

    /** Uses the arrays of a sorter that is done; its records are as long as those of this one. */
    void reuse(RecordSorter done) {
        arrays.addAll(done.arrays);
        done.arrays.clear();
    }

    void add(long[] record) throws IOException {
        if (filled == filling.length) {
            makeRoom();
        }
        RecordCopy.copy(record, 0, filling, filled, width);
        filled += width;
    }

    /** Returns all records that were added, sorted; they can be read once. */
    RecordSource sorted() throws IOException {
        return sorted(1);
    }

    /**
     * Returns all records that were added, sorted; they can be read once.
     *
     * @param mergers how many sorters do this at one time
     */
    RecordSource sorted(int mergers) throws IOException {
        sortRest();
        mergeMany(workspace.mergedAtOnce(mergers));
        return merge(runs);
    }

    /** Sorts the last block and drops the memory; nothing is added any more. */
    void finish() throws IOException {
        sortRest();
        arrays.clear();
    }

    private void sortRest() throws IOException {
        if (filled > 0) {
            startSorting();
        }
        while (!working.isEmpty()) {
            runs.add(working.remove().await());
        }
    }

    private void makeRoom() throws IOException {
        if (filling.length == 0 && !arrays.isEmpty()) {
            filling = arrays.remove();
        } else if (filling.length < blockLongs) {
            int capacity = Math.max(MIN_BLOCK_LONGS / width * width, 2 * filling.length);
            filling = Arrays.copyOf(filling, Math.min(capacity, blockLongs));
        } else {
            startSorting();
            filling = array(blockLongs);
        }
    }

    private void startSorting() throws IOException {
        while (working.size() >= atOnce) {
            runs.add(working.remove().await());
        }
        long[] block = filling;
        int count = filled / width;
        working.add(workspace.workers().start(() -> sort(block, count)));
        filling = null;
        filled = 0;
    }

    private Records sort(long[] block, int count) throws IOException {
        long[] scratch = array(block.length);
        long[] ordered = sort.sort(block, count, scratch);
        Records run = sorted.write(ordered, count);
        keep(block);
        keep(scratch);
        return run;
    }

    private long[] array(int length) {
        synchronized (arrays) {
            for (Iterator<long[]> kept = arrays.iterator(); kept.hasNext(); ) {
                long[] array = kept.next();
                if (array.length >= length) {
                    kept.remove();
                    return array;
                }
            }
        }
        return new long[length];
    }

    private void keep(long[] array) {
        synchronized (arrays) {
            arrays.add(array);
        }
    }

    /** Merges until the rest can be merged at one time. */
    private void mergeMany(int most) throws IOException {
        while (runs.size() > most) {
            // Neighbours stay together, so that equal keys stay in the order they came in.
            List<Records> merged = new ArrayList<>();
            for (int start = 0; start < runs.size(); start += most) {
                merged.add(copy(runs.subList(start, Math.min(start + most, runs.size()))));
            }
            runs.clear();
            runs.addAll(merged);
        }
    }

    private Records copy(List<Records> several) throws IOException {
        int runWidth = several.get(0).width();
        RecordSource merged = merge(several);
        Records copy = workspace.records(runWidth);
        long[] record = new long[runWidth];
        while (merged.next(record)) {
            copy.add(record);
        }
        return copy.finish();
    }

    private RecordSource merge(List<Records> several) throws IOException {
        List<RecordSource> sources = new ArrayList<>();
        for (Records run : several) {
            sources.add(run.drain());
        }
        if (sources.isEmpty()) {
            return record -> false;
        }
        return RecordMerge.of(sources, several.get(0).width(), keyLongs);
    }

    /** Takes the records of a sorted block. */
    @FunctionalInterface
    interface SortedBlock {

        /** Returns what is merged with the other blocks. */
        Records write(long[] sorted, int count) throws IOException;
    }
}
