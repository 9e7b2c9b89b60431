package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.dataset.CTCBatch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The classes that the dynamic programme of each sample looks at, and its target in terms of them.
 *
 * <p>Equal labels of a target share a column: as two columns they would not be seen to repeat.
 */
final class CompactColumns {

    private CompactColumns() {}

    /** The argument {@code columns} of {@code ctc_compact.py}. */
    static NDArray create(NDManager manager, CTCBatch batch, int blank) {
        int longest = 0;
        for (int n = 0; n < batch.size(); n++) {
            longest = Math.max(longest, batch.targetLength(n));
        }
        int width = longest + 1;
        int rowLength = width + longest;
        long[] rows = new long[Math.multiplyExact(batch.size(), rowLength)];
        for (int n = 0; n < batch.size(); n++) {
            int row = n * rowLength;
            Arrays.fill(rows, row, row + width, blank);
            Map<Long, Integer> columns = new HashMap<>();
            long[] target = batch.target(n);
            for (int s = 0; s < target.length; s++) {
                int column = columns.computeIfAbsent(target[s], id -> columns.size() + 1);
                rows[row + column] = target[s];
                rows[row + width + s] = column;
            }
        }
        return manager.create(rows, new Shape(batch.size(), rowLength));
    }
}
