package io.github.djlctc.examples.common.console;

import io.github.djlctc.examples.common.Printable;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Shows how far a task has come, at which rate, and how long it will still take.
 *
 * <p>On a terminal it is a bar that redraws itself. Elsewhere (a pipe, a log file, {@code
 * TERM=dumb}) it is a plain line every 10 seconds and one at the end. Thread-safe.
 *
 * <pre>{@code
 * try (ConsoleProgress progress = ConsoleProgress.start("epoch 3", batches.size(), "batches")) {
 *     for (Batch batch : batches) {
 *         progress.message("loss 0.42");
 *         progress.step();
 *     }
 * }
 * }</pre>
 */
public final class ConsoleProgress implements AutoCloseable {

    private final ProgressView view;
    private boolean closed;

    private ConsoleProgress(ProgressView view) {
        this.view = view;
    }

    /**
     * Starts to show a task on standard error.
     *
     * @param task what is done, in a word or two
     * @param total how many units there are; 0 or less if nobody knows
     * @param unit what is counted, in the plural
     * @return the progress, to be closed at the end of the task
     */
    public static ConsoleProgress start(String task, long total, String unit) {
        Optional<Console> terminal =
                "dumb".equals(System.getenv("TERM")) ? Optional.empty() : Terminal.find();
        return terminal.map(Console::charset)
                .map(charset -> new BarView(Printable.line(task), total, unit, System.err, charset))
                .map(ConsoleProgress::new)
                .orElseGet(() -> lines(task, total, unit, System.err));
    }

    /**
     * Starts to show a task as plain lines, whatever the stream leads to.
     *
     * @param task what is done, in a word or two
     * @param total how many units there are; 0 or less if nobody knows
     * @param unit what is counted, in the plural
     * @param out where the lines go; stays open
     * @return the progress, to be closed at the end of the task
     */
    public static ConsoleProgress lines(String task, long total, String unit, PrintStream out) {
        return new ConsoleProgress(
                new LineView(Printable.line(task), total, unit, out, System::nanoTime));
    }

    /**
     * Starts to show nothing, where what is printed shows the progress itself.
     *
     * @return the progress
     */
    public static ConsoleProgress silent() {
        return new ConsoleProgress(new SilentView());
    }

    /** Counts one unit as done. */
    public void step() {
        stepBy(1);
    }

    /**
     * Counts units as done.
     *
     * @param units how many, 0 or more
     */
    public synchronized void stepBy(long units) {
        view.stepBy(units);
    }

    /**
     * Sets the text behind the figures, such as the loss.
     *
     * @param message one line, replaces the last message
     */
    public synchronized void message(String message) {
        view.message(Printable.line(message));
    }

    /** Shows the final state and ends the line. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            view.close();
        }
    }
}
