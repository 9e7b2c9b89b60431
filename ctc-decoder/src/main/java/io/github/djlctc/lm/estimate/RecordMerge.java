package io.github.djlctc.lm.estimate;

import java.io.IOException;
import java.util.List;

/**
 * Merges sorted sequences of records; of equal keys, that of the earlier sequence comes first.
 *
 * <p>A binary heap of the sources by their current records.
 */
final class RecordMerge implements RecordSource {

    private final int width;
    private final int keyLongs;
    private final RecordSource[] sources;

    /** The current record of each source. */
    private final long[][] records;

    /** The numbers of the sources, as a heap from 1 on. */
    private final int[] heap;

    private int heapSize;

    private RecordMerge(List<RecordSource> sources, int width, int keyLongs) throws IOException {
        this.width = width;
        this.keyLongs = keyLongs;
        this.sources = sources.toArray(new RecordSource[0]);
        records = new long[this.sources.length][width];
        heap = new int[this.sources.length + 1];
        for (int source = 0; source < this.sources.length; source++) {
            if (this.sources[source].next(records[source])) {
                heap[++heapSize] = source;
            }
        }
        for (int i = heapSize / 2; i >= 1; i--) {
            sink(i);
        }
    }

    /**
     * Merges sequences.
     *
     * @param keyLongs the number of longs at the start of each record that are its key
     */
    static RecordSource of(List<RecordSource> sources, int width, int keyLongs) throws IOException {
        return sources.size() == 1 ? sources.get(0) : new RecordMerge(sources, width, keyLongs);
    }

    @Override
    public boolean next(long[] record) throws IOException {
        if (heapSize == 0) {
            return false;
        }
        int source = heap[1];
        long[] current = records[source];
        for (int i = 0; i < width; i++) {
            record[i] = current[i];
        }
        if (!sources[source].next(current)) {
            heap[1] = heap[heapSize--];
        }
        sink(1);
        return true;
    }

    private void sink(int start) {
        int moved = heap[start];
        int at = start;
        int child = 2 * at;
        while (child <= heapSize) {
            if (child < heapSize && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], moved)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
            child = 2 * at;
        }
        heap[at] = moved;
    }

    private boolean isBefore(int first, int second) {
        long[] one = records[first];
        long[] other = records[second];
        for (int i = 0; i < keyLongs; i++) {
            if (one[i] != other[i]) {
                return Long.compareUnsigned(one[i], other[i]) < 0;
            }
        }
        return first < second;
    }
}
