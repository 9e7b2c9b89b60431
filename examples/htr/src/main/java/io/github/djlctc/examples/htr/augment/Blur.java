package io.github.djlctc.examples.htr.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.htr.image.LineImage;

import java.util.random.RandomGenerator;

/** Puts the line out of focus: a Gaussian blur of random width. Beyond the edges there is paper. */
public final class Blur implements LineAugmentation {

    /** Below this, the neighbours' weight is under 1 %. */
    private static final double LEAST_DEVIATION = 0.33;

    private final UniformRange deviations;

    /**
     * Creates the augmentation.
     *
     * @param deviations the standard deviation of the Gaussian, in pixels, 0 or above
     * @throws IllegalArgumentException if a negative deviation is in the range
     */
    public Blur(UniformRange deviations) {
        if (deviations.low() < 0) {
            throw new IllegalArgumentException(
                    "a deviation of 0 pixels or more expected: " + deviations.low());
        }
        this.deviations = deviations;
    }

    @Override
    public LineImage apply(LineImage image, RandomGenerator random) {
        double deviation = deviations.draw(random);
        if (deviation < LEAST_DEVIATION) {
            return image;
        }
        float[] weights = gaussian(deviation);
        int width = image.width();
        int height = image.height();
        float[] rows = convolved(image.ink(), weights, height, width, width, 1);
        float[] both = convolved(rows, weights, width, height, 1, width);
        return new LineImage(both, width, height);
    }

    /** Returns the weights of distances 0, 1, ... that add up to 1 over both sides. */
    private static float[] gaussian(double deviation) {
        float[] weights = new float[(int) Math.ceil(3 * deviation) + 1];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(-i * i / (2 * deviation * deviation));
            sum += i == 0 ? weights[i] : 2 * weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= (float) sum;
        }
        return weights;
    }

    /** Convolves lines of values that lie {@code step} apart. */
    private static float[] convolved(
            float[] values, float[] weights, int lines, int length, int lineStep, int step) {
        float[] result = new float[values.length];
        for (int line = 0; line < lines; line++) {
            int start = line * lineStep;
            for (int i = 0; i < length; i++) {
                int at = start + i * step;
                float sum = weights[0] * values[at];
                for (int k = 1; k < weights.length; k++) {
                    float before = i >= k ? values[at - k * step] : 0;
                    float after = i + k < length ? values[at + k * step] : 0;
                    sum += weights[k] * (before + after);
                }
                result[at] = sum;
            }
        }
        return result;
    }
}
