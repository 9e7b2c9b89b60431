package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.examples.common.picture.AxisTicks;
import io.github.djlctc.examples.common.train.EpochResult;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** Curves over the epochs, as a figure with a drawing in SVG. */
final class LineChart {

    /** How the values of the vertical axis are spread. */
    enum Spread {
        LINEAR,
        /** Logarithmic where the values call for it. */
        AUTOMATIC
    }

    private record Series(String name, ToDoubleFunction<EpochResult> value) {}

    private static final int WIDTH = 420;
    private static final int HEIGHT = 240;
    private static final int LEFT = 54;
    private static final int RIGHT = 12;
    private static final int TOP = 22;
    private static final int BOTTOM = 40;
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
    private static final int EPOCH_TICKS = 8;

    /** With more epochs, there is no room for a dot and a tooltip for each. */
    private static final int MAX_DOTS = 60;

    private static final int MAX_TOOLTIPS = 200;

    private final String title;
    private final Spread spread;
    private final DoubleFunction<String> format;
    private final List<Series> series = new ArrayList<>();
    private final Html svg = new Html();

    /**
     * Starts a chart without curves.
     *
     * @param format writes a value with its unit
     */
    LineChart(String title, Spread spread, DoubleFunction<String> format) {
        this.title = title;
        this.spread = spread;
        this.format = format;
    }

    LineChart curve(String name, ToDoubleFunction<EpochResult> value) {
        series.add(new Series(name, value));
        return this;
    }

    /** Draws the epochs, one or more. */
    Html draw(List<EpochResult> epochs, Optional<EpochResult> best) {
        DoubleSummaryStatistics range = new DoubleSummaryStatistics();
        for (Series curve : series) {
            epochs.stream().mapToDouble(curve.value()).filter(Double::isFinite).forEach(range);
        }
        boolean drawable = range.getCount() > 0;
        ValueAxis axis = drawable ? axis(range) : ValueAxis.linear(0, 1);
        EpochAxis across = new EpochAxis(epochs);
        svg.markup("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-label=\"")
                .text(title)
                .markup("\">\n");
        if (drawable) {
            drawTicks(axis);
        }
        across.draw();
        svg.markup("<path class=\"frame\" d=\"M" + LEFT + " " + TOP)
                .markup("v" + PLOT_HEIGHT + "h" + PLOT_WIDTH + "\"/>\n");
        best.ifPresent(across::drawBest);
        for (int i = 0; i < series.size(); i++) {
            drawCurve(i, epochs, axis, across);
        }
        boolean complete = drawInfinite(epochs, across);
        if (!drawable) {
            label("middle", LEFT + PLOT_WIDTH / 2.0, TOP + PLOT_HEIGHT / 2.0, "no finite value");
        }
        drawTooltips(epochs, across);
        svg.markup("</svg>");
        return figure(axis.isLogarithmic() ? title + ", log" : title, complete);
    }

    private ValueAxis axis(DoubleSummaryStatistics range) {
        return spread == Spread.LINEAR
                ? ValueAxis.linear(range.getMin(), range.getMax())
                : ValueAxis.automatic(range.getMin(), range.getMax());
    }

    private Html figure(String caption, boolean complete) {
        Html figure = new Html().markup("<figure class=\"chart\"><figcaption>");
        figure.element("b", caption).markup("<span class=\"legend\">");
        for (int i = 0; i < series.size(); i++) {
            figure.markup("<span><svg class=\"key\" viewBox=\"0 0 28 8\"><path class=\"curve c")
                    .markup(i + "\" d=\"M1 4h26\"/></svg>")
                    .text(series.get(i).name())
                    .markup("</span> ");
        }
        if (!complete) {
            figure.markup("<span><b class=\"cross\">×</b>NaN or infinite</span>");
        }
        return figure.markup("</span></figcaption>\n").markup(svg.toString()).markup("</figure>\n");
    }

    private void drawTicks(ValueAxis axis) {
        for (double tick : axis.ticks()) {
            double y = y(axis.part(tick));
            svg.markup("<path class=\"grid\" d=\"M" + LEFT + " " + Html.pixels(y))
                    .markup("h" + PLOT_WIDTH + "\"/>");
            label("end", LEFT - 6, y + 4, format.apply(tick));
        }
    }

    private void drawCurve(int index, List<EpochResult> epochs, ValueAxis axis, EpochAxis across) {
        ToDoubleFunction<EpochResult> value = series.get(index).value();
        StringBuilder path = new StringBuilder();
        Html dots = new Html();
        char command = 'M';
        for (EpochResult epoch : epochs) {
            double y = y(axis.part(value.applyAsDouble(epoch)));
            if (!Double.isFinite(value.applyAsDouble(epoch))) {
                command = 'M';
                continue;
            }
            String x = Html.pixels(across.x(epoch));
            path.append(command).append(x).append(' ').append(Html.pixels(y));
            if (command == 'M') {
                // Its round ends make a point between gaps visible.
                path.append("h0");
            }
            command = 'L';
            if (epochs.size() <= MAX_DOTS) {
                dots.markup("<circle class=\"c" + index + "\" cx=\"" + x + "\"")
                        .attribute("cy", y)
                        .markup(" r=\"2.2\"/>");
            }
        }
        svg.markup("<path class=\"curve c" + index + "\" d=\"" + path + "\"/>");
        svg.markup(dots + "\n");
    }

    /** Marks the epochs with values that cannot be drawn; returns whether there are none. */
    private boolean drawInfinite(List<EpochResult> epochs, EpochAxis across) {
        StringBuilder path = new StringBuilder();
        for (EpochResult epoch : epochs) {
            boolean finite =
                    series.stream().allMatch(s -> Double.isFinite(s.value().applyAsDouble(epoch)));
            if (!finite) {
                path.append("M").append(Html.pixels(across.x(epoch) - 3)).append(' ');
                path.append(TOP + 1).append("l6 6m0 -6l-6 6");
            }
        }
        if (path.length() > 0) {
            svg.markup("<path class=\"cross\" d=\"" + path + "\"/>\n");
        }
        return path.length() == 0;
    }

    private void drawTooltips(List<EpochResult> epochs, EpochAxis across) {
        if (epochs.size() > MAX_TOOLTIPS) {
            return;
        }
        double width = (double) PLOT_WIDTH / epochs.size();
        for (EpochResult epoch : epochs) {
            svg.markup("<rect class=\"hit\"")
                    .attribute("x", across.x(epoch) - width / 2)
                    .attribute("y", TOP)
                    .attribute("width", width)
                    .attribute("height", PLOT_HEIGHT)
                    .markup("><title>")
                    .text("epoch " + epoch.epoch());
            for (Series curve : series) {
                double value = curve.value().applyAsDouble(epoch);
                svg.text("\n" + curve.name() + " " + format.apply(value));
            }
            svg.markup("</title></rect>\n");
        }
    }

    private void label(String anchor, double x, double y, String text) {
        svg.markup("<text text-anchor=\"" + anchor + "\"")
                .attribute("x", x)
                .attribute("y", y)
                .markup(">")
                .text(text)
                .markup("</text>\n");
    }

    private static double y(double part) {
        return TOP + (1 - part) * PLOT_HEIGHT;
    }

    /** The horizontal axis. */
    private final class EpochAxis {

        private final int first;
        private final int last;

        EpochAxis(List<EpochResult> epochs) {
            first = epochs.get(0).epoch();
            last = epochs.get(epochs.size() - 1).epoch();
        }

        double x(EpochResult epoch) {
            return x(epoch.epoch());
        }

        private double x(int number) {
            double part = last > first ? (double) (number - first) / (last - first) : 0.5;
            return LEFT + 8 + part * (PLOT_WIDTH - 16);
        }

        void draw() {
            int bottom = TOP + PLOT_HEIGHT;
            int step = (int) Math.max(1, AxisTicks.step((last - first + 1.0) / EPOCH_TICKS));
            int start = Math.floorDiv(first + step - 1, step) * step;
            for (int tick = start; tick <= last; tick += step) {
                svg.markup("<path class=\"frame\" d=\"M" + Html.pixels(x(tick)) + " " + bottom)
                        .markup("v4\"/>");
                label("middle", x(tick), bottom + 17, Integer.toString(tick));
            }
            label("middle", LEFT + PLOT_WIDTH / 2.0, HEIGHT - 6, "epoch");
        }

        void drawBest(EpochResult best) {
            double x = x(best);
            svg.markup("<path class=\"best\" d=\"M" + Html.pixels(x) + " " + TOP)
                    .markup("v" + PLOT_HEIGHT + "\"/>");
            double half = 32;
            double middle = Math.max(LEFT + half, Math.min(WIDTH - RIGHT - half, x));
            label("middle", middle, TOP - 7, "best: " + best.epoch());
        }
    }
}
