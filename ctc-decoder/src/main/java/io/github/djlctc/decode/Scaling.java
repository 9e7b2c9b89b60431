package io.github.djlctc.decode;

/** Keeps probabilities within the range of doubles, by powers of two, which are exact. */
final class Scaling {

    private static final double LEAST = 0x1p-64;
    private static final double GREATEST = 0x1p64;

    /** Below, numbers come close to the subnormal ones, which processors are slow with. */
    private static final double NEGLIGIBLE = 1e-290;

    private Scaling() {}

    /** Returns the power of two to divide by, given the greatest probability; mostly 0. */
    static int exponent(double greatest) {
        return greatest < LEAST || greatest > GREATEST ? Math.getExponent(greatest) : 0;
    }

    /** Returns 0 for a negligible probability. */
    static double withoutNegligible(double probability) {
        return probability < NEGLIGIBLE ? 0 : probability;
    }
}
