package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.examples.common.picture.AxisTicks;

import java.util.ArrayList;
import java.util.List;

/** A vertical axis: the part from 0 at the bottom to 1 at the top of a value, and its ticks. */
final class ValueAxis {

    /** Above this ratio of the highest to the lowest value, a logarithmic axis shows more. */
    private static final double LOGARITHMIC_RATIO = 30;

    private static final int INTERVALS = 5;
    private static final int MAX_LABELS = 7;

    private final double low;
    private final double high;
    private final boolean logarithmic;
    private final List<Double> ticks;

    private ValueAxis(double low, double high, boolean logarithmic, List<Double> ticks) {
        this.low = low;
        this.high = high;
        this.logarithmic = logarithmic;
        this.ticks = ticks;
    }

    /** An axis whose ticks are evenly spaced, and that reaches to 0 if no value is below. */
    static ValueAxis linear(double lowest, double highest) {
        double bottom = Math.min(0, lowest);
        double top = Math.max(0, highest);
        if (top == bottom) {
            top = 1;
        }
        double step = AxisTicks.step(top / INTERVALS - bottom / INTERVALS);
        long first = (long) Math.floor(bottom / step);
        long last = (long) Math.ceil(top / step * (1 - 1e-12));
        List<Double> ticks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            ticks.add(i * step);
        }
        return new ValueAxis(first * step, last * step, false, ticks);
    }

    /** A logarithmic axis for positive values that lie far apart, otherwise a linear one. */
    static ValueAxis automatic(double lowest, double highest) {
        if (!(lowest > 0) || highest / lowest < LOGARITHMIC_RATIO) {
            return linear(lowest, highest);
        }
        int first = (int) Math.floor(Math.log10(lowest));
        int last = (int) Math.ceil(Math.log10(highest));
        List<Double> ticks = new ArrayList<>();
        int[] digits = last - first <= 3 ? new int[] {1, 2, 5} : new int[] {1};
        int step = Math.max(1, (last - first) / MAX_LABELS + 1);
        for (int power = first; power <= last; power += step) {
            for (int digit : digits) {
                double tick = digit * Math.pow(10, power);
                if (tick >= lowest / 2 && tick <= highest * 2) {
                    ticks.add(tick);
                }
            }
        }
        double low = Math.log10(Math.min(lowest, ticks.get(0)));
        double high = Math.log10(Math.max(highest, ticks.get(ticks.size() - 1)));
        return new ValueAxis(low, high, true, ticks);
    }

    boolean isLogarithmic() {
        return logarithmic;
    }

    List<Double> ticks() {
        return ticks;
    }

    double part(double value) {
        double position = logarithmic ? Math.log10(value) : value;
        return (position - low) / (high - low);
    }
}
