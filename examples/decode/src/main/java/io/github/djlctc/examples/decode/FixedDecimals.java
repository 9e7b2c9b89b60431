package io.github.djlctc.examples.decode;

import java.util.Locale;

/** Writes numbers with six decimals, as {@code %.6f} does but for the rounding of ties. */
final class FixedDecimals {

    private static final int DECIMALS = 6;
    private static final long SCALE = 1_000_000;

    /** Up to this, a double times the scale is rounded to the right integer. */
    private static final double LARGEST = 1e9;

    private FixedDecimals() {}

    static void append(StringBuilder text, double value) {
        if (!(Math.abs(value) < LARGEST)) {
            text.append(String.format(Locale.ROOT, "%.6f", value));
            return;
        }
        long scaled = Math.round(Math.abs(value) * SCALE);
        if (value < 0 || 1 / value < 0) {
            text.append('-');
        }
        text.append(scaled / SCALE).append('.');
        long decimals = scaled % SCALE;
        int start = text.length();
        text.append(decimals);
        for (int length = text.length() - start; length < DECIMALS; length++) {
            text.insert(start, '0');
        }
    }
}
