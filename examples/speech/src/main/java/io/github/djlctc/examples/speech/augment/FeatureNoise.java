package io.github.djlctc.examples.speech.augment;

import java.util.random.RandomGenerator;

/** Adds Gaussian noise to every value. */
public final class FeatureNoise implements FeatureAugmentation {

    private final double deviation;

    /**
     * Creates the augmentation.
     *
     * @param deviation the standard deviation of the noise, 0 or more
     * @throws IllegalArgumentException if it is negative
     */
    public FeatureNoise(double deviation) {
        if (!(deviation >= 0)) {
            throw new IllegalArgumentException("a standard deviation of " + deviation);
        }
        this.deviation = deviation;
    }

    @Override
    public float[] apply(float[] values, int dimensions, RandomGenerator random) {
        float[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] += (float) (deviation * random.nextGaussian());
        }
        return result;
    }
}
