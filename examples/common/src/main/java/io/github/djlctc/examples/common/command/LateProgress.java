package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.console.ConsoleProgress;

import java.util.Locale;

/** Shows the steps of work that takes more than some seconds. */
public final class LateProgress implements AutoCloseable {

    private static final long QUIET_NANOS = 3_000_000_000L;

    private final long start = System.nanoTime();
    private Enum<?> current;
    private long done;
    private ConsoleProgress shown;

    /** Starts to measure the time. */
    public LateProgress() {}

    /**
     * Takes progress; any thread may call this.
     *
     * @param step what is done
     * @param units how much of it since the last call
     * @param total all that the step has to do; 0 if that is not known
     * @param unit what is counted, in the plural
     */
    public synchronized void add(Enum<?> step, long units, long total, String unit) {
        if (step != current) {
            end();
            current = step;
            done = 0;
        }
        done += units;
        if (shown != null) {
            shown.stepBy(units);
        } else if (System.nanoTime() - start > QUIET_NANOS) {
            shown = ConsoleProgress.start(step.name().toLowerCase(Locale.ROOT), total, unit);
            shown.stepBy(done);
        }
    }

    /** Ends the step that is shown. */
    public synchronized void end() {
        if (shown != null) {
            shown.close();
            shown = null;
        }
    }

    @Override
    public void close() {
        end();
    }
}
