package io.github.djlctc.examples.speech.augment;

import java.util.random.RandomGenerator;

/** Adds independent Gaussian noise to every value of features that were normalised before. */
public final class FeatureNoise implements FeatureAugmentation {

    private final double deviation;

    /**
     * Creates the augmentation.
     *
     * @param deviation the standard deviation of the noise, in the unit of the features: of
     *     normalised ones, a share of their own deviation; finite, at least 0
     */
    public FeatureNoise(double deviation) {
        if (!(deviation >= 0 && Double.isFinite(deviation))) {
            throw new IllegalArgumentException(
                    "a finite standard deviation of at least 0 expected: " + deviation);
        }
        this.deviation = deviation;
    }

    @Override
    public float[] apply(float[] values, int dimensions, RandomGenerator random) {
        float[] noisy = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            noisy[i] = (float) (values[i] + deviation * random.nextGaussian());
        }
        return noisy;
    }
}
