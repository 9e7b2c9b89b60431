package io.github.djlctc.loss;

/** The logarithm of a product of many positive numbers, with few logarithms. */
final class LogProduct {

    private static final double SMALLEST = 1e-150;
    private static final double LARGEST = 1e150;

    private double logarithm;
    private double product = 1;

    /** Multiplies by a number from 1e-150 to 1e150. */
    void multiply(double factor) {
        product *= factor;
        if (product < SMALLEST || product > LARGEST) {
            logarithm += Math.log(product);
            product = 1;
        }
    }

    double value() {
        return logarithm + Math.log(product);
    }
}
