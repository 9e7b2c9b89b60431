package io.github.djlctc.examples.speech.augment;

import java.util.random.RandomGenerator;

/**
 * Plays feature frames faster or slower, by linear interpolation in time. Unlike a change of speed
 * it leaves the frequencies alone.
 */
public final class Tempo implements FeatureAugmentation {

    private final double slowest;
    private final double fastest;

    /**
     * Creates the augmentation.
     *
     * @param slowest the lowest factor, above 0; 0.9 makes 100 frames 111
     * @param fastest the highest factor, at least {@code slowest}
     * @throws IllegalArgumentException if the range is empty or not above 0
     */
    public Tempo(double slowest, double fastest) {
        if (!(slowest > 0) || !(fastest >= slowest)) {
            throw new IllegalArgumentException("tempo from " + slowest + " to " + fastest);
        }
        this.slowest = slowest;
        this.fastest = fastest;
    }

    @Override
    public float[] apply(float[] values, int dimensions, RandomGenerator random) {
        double factor = slowest + (fastest - slowest) * random.nextDouble();
        int frames = values.length / dimensions;
        if (frames < 2) {
            return values.clone();
        }
        int newFrames = Math.max(1, (int) Math.round(frames / factor));
        float[] result = new float[newFrames * dimensions];
        for (int t = 0; t < newFrames; t++) {
            double position = Math.min(t * factor, frames - 1);
            int before = Math.min((int) position, frames - 2);
            float share = (float) (position - before);
            for (int d = 0; d < dimensions; d++) {
                float left = values[before * dimensions + d];
                float right = values[(before + 1) * dimensions + d];
                result[t * dimensions + d] = left + share * (right - left);
            }
        }
        return result;
    }
}
