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

    BarView(String task, long total, String unit, PrintStream out, Charset charset) {
        bar =
                new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total > 0 ? total : -1)
                        .setUnit(" " + unit, 1)
                        .setStyle(style(charset))
                        .setUpdateIntervalMillis(UPDATE_MILLIS)
                        .continuousUpdate()
                        .showSpeed(new DecimalFormat("0.0", new DecimalFormatSymbols(Locale.ROOT)))
                        .setConsumer(new ConsoleProgressBarConsumer(out))
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
    }
}
