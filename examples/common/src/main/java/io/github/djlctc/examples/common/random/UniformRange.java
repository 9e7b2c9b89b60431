package io.github.djlctc.examples.common.random;

import java.util.random.RandomGenerator;

/**
 * The range that a random quantity is drawn from, uniformly.
 *
 * @param low the lowest value, finite
 * @param high the highest value, finite, not below the lowest
 */
public record UniformRange(double low, double high) {

    /**
     * Checks the bounds.
     *
     * @param low the lowest value
     * @param high the highest value
     * @throws IllegalArgumentException if a bound is not finite, or the highest is below the lowest
     */
    public UniformRange {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
            throw new IllegalArgumentException(
                    "finite bounds in ascending order expected: " + low + " to " + high);
        }
    }

    /**
     * Draws a value.
     *
     * @param random the source of randomness, which gives one number
     * @return a value from low to high
     */
    public double draw(RandomGenerator random) {
        return low + (high - low) * random.nextDouble();
    }

    /**
     * Checks that the quantity is above 0.
     *
     * @param quantity what errors call it
     * @return this range
     * @throws IllegalArgumentException if a value of 0 or below is in the range
     */
    public UniformRange requirePositive(String quantity) {
        if (low <= 0) {
            throw new IllegalArgumentException(
                    "the " + quantity + " must be above 0: " + low + " to " + high);
        }
        return this;
    }
}
