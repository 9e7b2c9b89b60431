package io.github.djlctc.lm;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads decimal numbers, rounded as {@link Float#parseFloat} does. */
final class DecimalNumber {

    /** Decimal numbers only: Java's own parser also accepts "1f" and "0x1p3". */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    /** The powers of ten that doubles hold exactly. */
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    /** Numbers with more digits may not fit into a long. */
    private static final int MAX_DIGITS = 18;

    /** Integers up to this are doubles. */
    private static final long MAX_MANTISSA = 1L << 53;

    /** The bits of a double that a float lacks. */
    private static final long LOST = (1L << 29) - 1;

    private DecimalNumber() {}

    /** Returns the number that ASCII characters are, NaN if they are none. */
    static float parse(byte[] text, int start, int end) {
        boolean negative = start < end && text[start] == '-';
        int at = negative || (start < end && text[start] == '+') ? start + 1 : start;
        int digits = 0;
        int decimals = 0;
        boolean point = false;
        long mantissa = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                mantissa = mantissa * 10 + digit;
                digits++;
                decimals += point ? 1 : 0;
            } else if (text[at] == '.' && !point) {
                point = true;
            } else {
                return parseSlowly(text, start, end);
            }
        }
        if (digits == 0) {
            return Float.NaN;
        }
        if (digits > MAX_DIGITS || mantissa > MAX_MANTISSA) {
            return parseSlowly(text, start, end);
        }
        // Two doubles without error, so the quotient is the nearest double.
        double value = mantissa / POWERS[decimals];
        float rounded = (float) value;
        boolean halfway = (Double.doubleToRawLongBits(value) & LOST) == LOST / 2 + 1;
        if (halfway || (rounded < Float.MIN_NORMAL && mantissa != 0)) {
            // Here rounding the double is not rounding the number.
            return parseSlowly(text, start, end);
        }
        return negative ? -rounded : rounded;
    }

    private static float parseSlowly(byte[] text, int start, int end) {
        String number = new String(text, start, end - start, StandardCharsets.ISO_8859_1);
        return NUMBER.matcher(number).matches() ? Float.parseFloat(number) : Float.NaN;
    }
}
