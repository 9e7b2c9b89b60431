package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.lm.estimate.EstimationListener;
import io.github.djlctc.lm.estimate.EstimationStep;

import java.util.Locale;

/** Shows the steps of an estimation that takes more than some seconds. */
public final class EstimationProgress implements EstimationListener, AutoCloseable {

    private static final long QUIET_NANOS = 3_000_000_000L;

    private final long start = System.nanoTime();
    private EstimationStep current;
    private long done;
    private ConsoleProgress shown;

    /** Starts to measure the time. */
    public EstimationProgress() {}

    @Override
    public synchronized void onProgress(EstimationStep step, long units) {
        if (step != current) {
            end();
            current = step;
            done = 0;
        }
        done += units;
        if (shown != null) {
            shown.stepBy(units);
        } else if (System.nanoTime() - start > QUIET_NANOS) {
            // How many there will be is not known before they have been read and sorted.
            shown = ConsoleProgress.start(step.name().toLowerCase(Locale.ROOT), 0, step.unit());
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
