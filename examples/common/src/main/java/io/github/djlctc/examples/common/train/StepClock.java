package io.github.djlctc.examples.common.train;

import ai.djl.metric.Metric;
import ai.djl.metric.Metrics;
import ai.djl.training.Trainer;

/** Measures where the time of training steps goes. */
final class StepClock {

    private static final double NANOSECONDS = 1e9;

    // What DJL's trainer calls them.
    private static final String FORWARD = "forward";
    private static final String BACKWARD = "backward";

    private final Metrics metrics = new Metrics();
    private long last = System.nanoTime();
    private long waiting;
    private long working;

    /** Starts to measure, with the wait for the first batch. */
    StepClock(Trainer trainer) {
        trainer.setMetrics(metrics);
    }

    /** Ends the wait for a batch. */
    void beginStep() {
        long now = System.nanoTime();
        waiting += now - last;
        last = now;
    }

    /** Ends a step, and begins the wait for the next batch. */
    void endStep() {
        long now = System.nanoTime();
        working += now - last;
        last = now;
    }

    /** Leaves out what happened since the end of the step, such as saving. */
    void skip() {
        last = System.nanoTime();
    }

    StepTimes times() {
        double forward = seconds(FORWARD);
        double backward = seconds(BACKWARD);
        // By difference, since a step is more than what DJL measures of it.
        double update = Math.max(0, working / NANOSECONDS - forward - backward);
        return new StepTimes(waiting / NANOSECONDS, forward, backward, update);
    }

    private double seconds(String name) {
        return metrics.getMetric(name).stream().mapToDouble(Metric::getValue).sum() / NANOSECONDS;
    }
}
