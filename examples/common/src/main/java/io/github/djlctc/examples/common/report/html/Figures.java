package io.github.djlctc.examples.common.report.html;

import io.github.djlctc.examples.common.picture.AxisTicks;

import java.util.Locale;

/** Figures as text. */
final class Figures {

    private Figures() {}

    static String number(double value) {
        if (!Double.isFinite(value)) {
            return notFinite(value);
        }
        double size = Math.abs(value);
        boolean plain = value == 0 || (size >= 1e-3 && size < 1e5);
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.2e", value);
    }

    /** Writes a rate or a share, where 1 is 100 %; of an empty reference there is no error rate. */
    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.2f %%", 100 * share) : "-";
    }

    static String ratio(double value) {
        return Double.isFinite(value)
                ? String.format(Locale.ROOT, "%.2f", value)
                : notFinite(value);
    }

    /** Writes a figure without zeros at the end. */
    static String tick(double value) {
        return Double.isFinite(value) ? AxisTicks.label(value) : notFinite(value);
    }

    private static String notFinite(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value > 0 ? "∞" : "-∞";
    }

    /** Writes the name of a constant in words. */
    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
