package io.github.djlctc.lm.estimate;

/** Tells a listener of every so many records or words; one thread counts. */
final class StepProgress {

    private static final int EVERY = 1 << 16;

    private final EstimationListener listener;
    private final EstimationStep step;
    private long untold;

    StepProgress(EstimationListener listener, EstimationStep step) {
        this.listener = listener;
        this.step = step;
    }

    void count() {
        count(1);
    }

    void count(long units) {
        untold += units;
        if (untold >= EVERY) {
            end();
        }
    }

    /** Tells the rest. */
    void end() {
        listener.onProgress(step, untold);
        untold = 0;
    }
}
