package io.github.djlctc.examples.speech.augment;

import java.util.random.RandomGenerator;

/**
 * Warps the frequency axis of mel cepstra, as a longer or shorter vocal tract does (Jaitly and
 * Hinton 2013, "Vocal Tract Length Perturbation").
 *
 * <p>The cepstra c describe the smooth log spectrum \( s(u) = \sum_k c_k \cos(\pi k u) \) over the
 * mel axis u from 0 to 1. With w the warp, frequency f to alpha f up to 85 % of the axis and linear
 * to its end, the new cepstra are the cosine coefficients of s(w(u)): a matrix that depends on
 * alpha only.
 */
public final class CepstralWarp implements FeatureAugmentation {

    private static final int POINTS = 256;
    private static final double LINEAR_SHARE = 0.85;

    private final double lowest;
    private final double highest;
    private final double maxFrequency;

    /**
     * Creates the augmentation.
     *
     * @param lowest the lowest alpha, above 0
     * @param highest the highest alpha, at least {@code lowest}
     * @param maxFrequency the upper end of the mel filters in Hz, above 0
     * @throws IllegalArgumentException if a value is out of its range
     */
    public CepstralWarp(double lowest, double highest, double maxFrequency) {
        if (!(lowest > 0) || !(highest >= lowest) || !(maxFrequency > 0)) {
            throw new IllegalArgumentException(
                    "alpha from " + lowest + " to " + highest + " up to " + maxFrequency + " Hz");
        }
        this.lowest = lowest;
        this.highest = highest;
        this.maxFrequency = maxFrequency;
    }

    /** Warps all values of a frame as one cepstrum, the coefficient 0 first. */
    @Override
    public float[] apply(float[] values, int dimensions, RandomGenerator random) {
        double alpha = lowest + (highest - lowest) * random.nextDouble();
        double[][] matrix = matrix(alpha, dimensions);
        float[] result = new float[values.length];
        for (int frame = 0; frame < values.length; frame += dimensions) {
            for (int j = 0; j < dimensions; j++) {
                double sum = 0;
                for (int k = 0; k < dimensions; k++) {
                    sum += matrix[j][k] * values[frame + k];
                }
                result[frame + j] = (float) sum;
            }
        }
        return result;
    }

    double[][] matrix(double alpha, int coefficients) {
        double[][] matrix = new double[coefficients][coefficients];
        for (int i = 0; i < POINTS; i++) {
            double u = (i + 0.5) / POINTS;
            double warped = warp(u, alpha);
            for (int j = 0; j < coefficients; j++) {
                double weight = (j == 0 ? 1.0 : 2.0) / POINTS * Math.cos(Math.PI * j * u);
                for (int k = 0; k < coefficients; k++) {
                    matrix[j][k] += weight * Math.cos(Math.PI * k * warped);
                }
            }
        }
        return matrix;
    }

    private double warp(double u, double alpha) {
        double top = mel(maxFrequency);
        double frequency = hertz(u * top);
        double corner = LINEAR_SHARE * maxFrequency * Math.min(1, 1 / alpha);
        double slope = (maxFrequency - alpha * corner) / (maxFrequency - corner);
        double warped =
                frequency <= corner
                        ? alpha * frequency
                        : maxFrequency - slope * (maxFrequency - frequency);
        return mel(warped) / top;
    }

    private static double mel(double hertz) {
        return Math.log1p(hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * Math.expm1(mel);
    }
}
