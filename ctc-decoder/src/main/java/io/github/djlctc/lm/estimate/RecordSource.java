package io.github.djlctc.lm.estimate;

import java.io.IOException;

/** A sequence of records of the same number of longs, read once from first to last. */
interface RecordSource {

    /**
     * Reads the next record.
     *
     * @param record takes the record
     * @return false at the end
     * @throws IOException if it cannot be read
     */
    boolean next(long[] record) throws IOException;
}
