package io.github.djlctc.lm.estimate;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * Writes floats as decimals without an exponent, which some readers do not support: the fewest
 * digits that read back as the same float, and of those the nearest to it.
 */
final class DecimalText {

    /** No float of a model is longer. */
    static final int MAX_LENGTH = 64;

    /** Between these, every float has few enough digits for the fast way. */
    private static final float FAST_MIN = 1e-3f;

    private static final float FAST_MAX = 1000;
    private static final int MAX_DECIMALS = 12;
    private static final double[] POWERS = new double[MAX_DECIMALS + 1];
    private static final int MANTISSA = (1 << 23) - 1;

    /** Far above the errors of double precision, far below what matters. */
    private static final double UNSURE = 1e-13;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private DecimalText() {}

    /** Writes a float at a place of an array, and returns where the next byte goes. */
    static int write(float number, byte[] text, int at) {
        if (number == 0) {
            text[at] = '0';
            return at + 1;
        }
        float magnitude = Math.abs(number);
        if (magnitude >= FAST_MIN
                && magnitude < FAST_MAX
                // Below a power of two, the next float is nearer.
                && (Float.floatToRawIntBits(magnitude) & MANTISSA) != 0) {
            int end = writeFast(number < 0, magnitude, text, at);
            if (end > 0) {
                return end;
            }
        }
        return writeSlowly(number, text, at);
    }

    /** Returns where the next byte goes, or 0 if double precision cannot tell the digits. */
    private static int writeFast(boolean negative, double exact, byte[] text, int at) {
        double reach = Math.ulp((float) exact) / 2.0;
        for (int decimals = 1; decimals <= MAX_DECIMALS; decimals++) {
            double scaled = exact * POWERS[decimals];
            double rounded = Math.rint(scaled);
            double distance = Math.abs(rounded - scaled);
            double margin = reach * POWERS[decimals] - distance;
            double error = scaled * UNSURE;
            if (margin > error) {
                if (0.5 - distance < error) {
                    return 0;
                }
                return writeDigits(negative, (long) rounded, decimals, text, at);
            }
            if (margin > -error) {
                return 0;
            }
        }
        return 0;
    }

    private static int writeDigits(
            boolean negative, long digits, int decimals, byte[] text, int start) {
        int at = start;
        if (negative) {
            text[at++] = '-';
        }
        long power = (long) POWERS[decimals];
        int whole = (int) (digits / power);
        long fraction = digits - whole * power;
        if (whole >= 100) {
            text[at++] = (byte) ('0' + whole / 100);
        }
        if (whole >= 10) {
            text[at++] = (byte) ('0' + whole / 10 % 10);
        }
        text[at++] = (byte) ('0' + whole % 10);
        text[at] = '.';
        for (int i = decimals; i > 0; i--) {
            long rest = fraction / 10;
            text[at + i] = (byte) ('0' + (fraction - 10 * rest));
            fraction = rest;
        }
        return at + 1 + decimals;
    }

    private static int writeSlowly(float number, byte[] text, int at) {
        String digits = Float.toString(number);
        if (digits.indexOf('E') >= 0) {
            digits = new BigDecimal(digits).toPlainString();
        }
        byte[] bytes = digits.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, text, at, bytes.length);
        return at + bytes.length;
    }
}
