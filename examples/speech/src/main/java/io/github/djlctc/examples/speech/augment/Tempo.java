package io.github.djlctc.examples.speech.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.common.random.ViewRandom;

import java.util.random.RandomGenerator;

/**
 * Makes an utterance faster or slower in its features, by linear interpolation along time.
 *
 * <p>Of n frames at tempo r, max(1, round(n / r)) frames remain; the first and the last stay where
 * they are. Unlike a change of the sound's speed, pitch and formants keep their places.
 */
public final class Tempo implements FeatureAugmentation {

    private final UniformRange factors;

    /**
     * Creates the augmentation.
     *
     * @param factors the tempo, above 0: 1.1 leaves 1/1.1 of the frames
     * @throws IllegalArgumentException if a tempo of 0 or below is in the range
     */
    public Tempo(UniformRange factors) {
        this.factors = factors.requirePositive("tempo");
    }

    @Override
    public float[] apply(float[] values, int dimensions, RandomGenerator random) {
        int frames = values.length / dimensions;
        double factor = factors.draw(ViewRandom.shared(random));
        if (frames == 0) {
            return values;
        }
        int count = Math.max(1, Math.toIntExact(Math.round(frames / factor)));
        float[] result = new float[Math.multiplyExact(count, dimensions)];
        double step = count == 1 ? 0 : (frames - 1) / (double) (count - 1);
        for (int i = 0; i < count; i++) {
            int left = Math.min((int) (i * step), frames - 1);
            int right = Math.min(left + 1, frames - 1);
            float weight = (float) (i * step - left);
            for (int d = 0; d < dimensions; d++) {
                float from = values[left * dimensions + d];
                float to = values[right * dimensions + d];
                result[i * dimensions + d] = from + weight * (to - from);
            }
        }
        return result;
    }
}
