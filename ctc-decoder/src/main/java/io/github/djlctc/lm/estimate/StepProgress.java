package io.github.djlctc.lm.estimate;

/** Tells a listener of every so many records; one thread counts. */
final class StepProgress {

    private static final int EVERY = 1 << 16;

    private final EstimationListener listener;
    private final EstimationStep step;
    private int untold;

    StepProgress(EstimationListener listener, EstimationStep step) {
        this.listener = listener;
        this.step = step;
    }

    void count() {
        if (++untold == EVERY) {
            end();
        }
    }

    /** Tells the rest. */
    void end() {
        listener.onProgress(step, untold);
        untold = 0;
    }
}
