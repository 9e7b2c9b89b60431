package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCBatch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The classes that the dynamic programme of each sample looks at, and its target in terms of them.
 * Column 0 is the blank.
 *
 * <p>Equal labels of a target share a column: as two columns they would not be seen to repeat.
 */
final class CompactColumns {

    private final int width;

    /** The class of column c of sample n: [n * width + c]. */
    private final long[] classes;

    /** For each sample, the column of each label. */
    private final long[][] targets;

    /**
     * Finds the columns.
     *
     * @param batch a batch with targets that are checked
     * @param blank the class of the blank
     */
    CompactColumns(CTCBatch batch, int blank) {
        targets = new long[batch.size()][];
        int longest = 0;
        for (int n = 0; n < targets.length; n++) {
            longest = Math.max(longest, batch.targetLength(n));
        }
        width = longest + 1;
        classes = new long[Math.multiplyExact(targets.length, width)];
        Arrays.fill(classes, blank);
        for (int n = 0; n < targets.length; n++) {
            targets[n] = target(batch.target(n), n * width);
        }
    }

    private long[] target(long[] labels, int first) {
        Map<Long, Integer> columns = new HashMap<>();
        long[] target = new long[labels.length];
        for (int s = 0; s < labels.length; s++) {
            int column = columns.computeIfAbsent(labels[s], id -> columns.size() + 1);
            classes[first + column] = labels[s];
            target[s] = column;
        }
        return target;
    }

    /** Returns the number of columns of a sample, with those that only fill up its row. */
    int width() {
        return width;
    }

    /** Returns the target of a sample as columns. Not to be changed. */
    long[] target(int sample) {
        return targets[sample];
    }

    /** Returns the classes of the columns (N, width), filled up with the blank. */
    NDArray classes(NDManager manager) {
        return manager.create(classes, new Shape(targets.length, width));
    }

    /**
     * Returns the argument of {@code ctc_compact.py}: for each sample the classes of its columns,
     * then its target as columns.
     */
    static long[] toProgramArgument(CTCBatch batch, int blank) {
        CompactColumns columns = new CompactColumns(batch, blank);
        int width = columns.width;
        int rowLength = 2 * width - 1;
        long[] rows = new long[Math.multiplyExact(batch.size(), rowLength)];
        for (int n = 0; n < batch.size(); n++) {
            int start = n * rowLength;
            System.arraycopy(columns.classes, n * width, rows, start, width);
            long[] target = columns.targets[n];
            System.arraycopy(target, 0, rows, start + width, target.length);
        }
        return rows;
    }
}
