package io.github.djlctc.examples.common.picture;

import java.math.BigDecimal;
import java.math.MathContext;

/** Round numbers for the axes of pictures. */
public final class AxisTicks {

    private AxisTicks() {}

    /**
     * Finds a distance between ticks.
     *
     * @param least the least distance that leaves room for the labels, above 0 and finite
     * @return the next number that is 1, 2 or 5 times a power of ten
     */
    public static double step(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int digit : new int[] {1, 2, 5}) {
            if (digit * power >= least) {
                return digit * power;
            }
        }
        return 10 * power;
    }

    /**
     * Writes the number at a tick.
     *
     * @param value the number, finite
     * @return up to six digits, without zeros at the end; with an exponent where that is shorter
     */
    public static String label(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        double size = Math.abs(value);
        boolean plain = value == 0 || (size >= 1e-3 && size < 1e6);
        return plain ? rounded.toPlainString() : rounded.toString().replace("E+", "E");
    }
}
