package io.github.djlctc.lm.estimate;

/** Copies records, which are so short that a loop would take longer to start than to run. */
final class RecordCopy {

    private RecordCopy() {}

    static void copy(long[] from, int fromOffset, long[] to, int toOffset, int width) {
        if (width > 4) {
            System.arraycopy(from, fromOffset, to, toOffset, width);
            return;
        }
        to[toOffset] = from[fromOffset];
        if (width > 1) {
            to[toOffset + 1] = from[fromOffset + 1];
        }
        if (width > 2) {
            to[toOffset + 2] = from[fromOffset + 2];
        }
        if (width > 3) {
            to[toOffset + 3] = from[fromOffset + 3];
        }
    }
}
