package io.github.djlctc.examples.common.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A line now and then, for logs. */
final class LineView implements ProgressView {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String task;
    private final long total;
    private final String unit;
    private final PrintStream out;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastLine;
    private long done;
    private String message = "";

    LineView(String task, long total, String unit, PrintStream out, LongSupplier nanoTime) {
        this.task = task;
        this.total = total;
        this.unit = unit;
        this.out = out;
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
        lastLine = start;
    }

    @Override
    public void stepBy(long units) {
        done += units;
        long now = nanoTime.getAsLong();
        if (now - lastLine >= INTERVAL_NANOS) {
            lastLine = now;
            print(now, remaining(now));
        }
    }

    @Override
    public void showNow() {
        lastLine = start - INTERVAL_NANOS;
    }

    @Override
    public void message(String message) {
        this.message = ", " + message;
    }

    @Override
    public void close() {
        long now = nanoTime.getAsLong();
        print(now, ", took " + time(now - start));
    }

    private void print(long now, String ending) {
        double seconds = (now - start) / 1e9;
        String rate = seconds > 0 ? String.format(Locale.ROOT, ", %.1f/s", done / seconds) : "";
        String amount =
                total > 0
                        ? String.format(
                                Locale.ROOT,
                                "%d/%d %s (%d%%)",
                                done,
                                total,
                                unit,
                                100 * done / total)
                        : done + " " + unit;
        out.println(task + ": " + amount + rate + ending + message);
    }

    private String remaining(long now) {
        if (total <= 0 || done <= 0) {
            return "";
        }
        double nanosPerUnit = (now - start) / (double) done;
        return ", " + time((long) (nanosPerUnit * Math.max(0, total - done))) + " left";
    }

    private static String time(long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
