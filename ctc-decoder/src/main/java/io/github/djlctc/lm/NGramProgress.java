package io.github.djlctc.lm;

/** Tells a listener of n-grams, some hundred at a time. */
final class NGramProgress {

    private static final int AT_A_TIME = 1 << 10;

    private final BinaryListener listener;
    private final BinaryStep step;
    private final long total;
    private int untold;

    NGramProgress(BinaryListener listener, BinaryStep step, long total) {
        this.listener = listener;
        this.step = step;
        this.total = total;
    }

    /** Counts one. */
    void step() {
        if (++untold == AT_A_TIME) {
            finish();
        }
    }

    /** Tells of the last ones. */
    void finish() {
        listener.onProgress(step, untold, total);
        untold = 0;
    }
}
