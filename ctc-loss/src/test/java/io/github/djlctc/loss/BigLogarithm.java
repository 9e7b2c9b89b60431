package io.github.djlctc.loss;

import java.math.BigDecimal;
import java.math.MathContext;

/** The exponential function and the natural logarithm, to about 50 digits. */
final class BigLogarithm {

    private static final MathContext DIGITS = new MathContext(60);

    /** The argument is halved so often that its power series ends soon. */
    private static final int HALVINGS = 16;

    private static final int TERMS = 25;
    private static final int NEWTON_STEPS = 4;

    private BigLogarithm() {}

    /** Returns e to the power of a number: its power series at x / 2^16, squared 16 times. */
    static BigDecimal exp(BigDecimal x) {
        BigDecimal small = x.divide(BigDecimal.valueOf(1L << HALVINGS), DIGITS);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; n <= TERMS; n++) {
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < HALVINGS; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    /** Returns the logarithm of a positive number, by Newton's method on the exponential. */
    static BigDecimal of(BigDecimal x) {
        int exponent = x.precision() - x.scale();
        double mantissa = x.scaleByPowerOfTen(-exponent).doubleValue();
        BigDecimal y = new BigDecimal(Math.log(mantissa) + exponent * Math.log(10));
        for (int i = 0; i < NEWTON_STEPS; i++) {
            y = y.add(x.multiply(exp(y.negate()), DIGITS).subtract(BigDecimal.ONE), DIGITS);
        }
        return y;
    }
}
