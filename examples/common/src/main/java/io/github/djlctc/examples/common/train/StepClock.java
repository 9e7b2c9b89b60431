package io.github.djlctc.examples.common.train;

import java.util.EnumMap;
import java.util.Map;

/** Measures where the time of training steps goes. */
final class StepClock {

    private static final double NANOSECONDS = 1e9;

    /** What a step does. */
    enum Part {
        WAITING,
        FORWARD,
        BACKWARD,
        UPDATE
    }

    private final Map<Part, Long> nanoseconds = new EnumMap<>(Part.class);
    private long last = System.nanoTime();

    /** Ends a part, which began when the one before it ended. */
    void end(Part part) {
        long now = System.nanoTime();
        nanoseconds.merge(part, now - last, Long::sum);
        last = now;
    }

    /** Leaves out what happened since the end of a part, such as saving. */
    void skip() {
        last = System.nanoTime();
    }

    StepTimes times() {
        return new StepTimes(
                seconds(Part.WAITING),
                seconds(Part.FORWARD),
                seconds(Part.BACKWARD),
                seconds(Part.UPDATE));
    }

    private double seconds(Part part) {
        return nanoseconds.getOrDefault(part, 0L) / NANOSECONDS;
    }
}
