package io.github.djlctc.examples.common.console;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** A bar that redraws itself on a terminal. */
final class BarView implements ProgressView {

    private static final int UPDATE_MILLIS = 200;

    private final ProgressBar bar;
    private final Consumer consumer;

    BarView(String task, long total, String unit, PrintStream out, Charset charset) {
        consumer = new Consumer(out);
        bar =
                new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total > 0 ? total : -1)
                        .setUnit(" " + unit, 1)
                        .setStyle(style(charset))
                        .setUpdateIntervalMillis(UPDATE_MILLIS)
                        .continuousUpdate()
                        .showSpeed(new DecimalFormat("0.0", new DecimalFormatSymbols(Locale.ROOT)))
                        .setConsumer(consumer)
                        .build();
    }

    private static ProgressBarStyle style(Charset charset) {
        return charset.newEncoder().canEncode('█')
                ? ProgressBarStyle.UNICODE_BLOCK
                : ProgressBarStyle.ASCII;
    }

    @Override
    public void stepBy(long units) {
        bar.stepBy(units);
    }

    @Override
    public void message(String message) {
        bar.setExtraMessage(" " + message);
    }

    @Override
    public void close() {
        bar.close();
        if (!consumer.closed) {
            consumer.close();
        }
    }

    /** The bar does not close its consumer if it is closed before it was first drawn. */
    private static final class Consumer extends ConsoleProgressBarConsumer {

        private volatile boolean closed;

        Consumer(PrintStream out) {
            super(out);
        }

        @Override
        public void close() {
            closed = true;
            super.close();
        }
    }
}
