package io.github.djlctc.lm.estimate;

import java.io.IOException;

/** The word ids of a text in its order; each sentence ends with {@code </s>}. */
final class IdSequence {

    private static final int END = -1;

    private final Records records;
    private final StepProgress progress;
    private final long[] pair = new long[1];
    private long size;

    IdSequence(Workspace workspace) {
        records = workspace.records(1);
        progress = workspace.progress(EstimationStep.READING);
    }

    void add(int id) throws IOException {
        progress.count();
        if ((size++ & 1) == 0) {
            pair[0] = (long) id << Integer.SIZE;
        } else {
            pair[0] |= id;
            records.add(pair);
        }
    }

    IdSequence finish() throws IOException {
        if ((size & 1) == 1) {
            pair[0] |= END & 0xFFFFFFFFL;
            records.add(pair);
        }
        records.finish();
        progress.end();
        return this;
    }

    /** Returns the ids, which can be read once. */
    Reader drain() {
        return new Reader(records.drain());
    }

    /** Reads ids. */
    static final class Reader {

        private final RecordSource source;
        private final long[] pair = new long[1];
        private boolean second;

        private Reader(RecordSource source) {
            this.source = source;
        }

        /** Returns the next id, or -1 at the end. */
        int next() throws IOException {
            second = !second;
            if (!second) {
                return (int) pair[0];
            }
            return source.next(pair) ? (int) (pair[0] >>> Integer.SIZE) : END;
        }
    }
}
