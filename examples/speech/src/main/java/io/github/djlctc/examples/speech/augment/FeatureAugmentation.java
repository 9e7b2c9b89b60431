package io.github.djlctc.examples.speech.augment;

import java.util.random.RandomGenerator;

/** A random change of feature frames. */
@FunctionalInterface
public interface FeatureAugmentation {

    /**
     * Changes features.
     *
     * @param values the values of shape (frames, dimensions), row by row; left as they are
     * @param dimensions values per frame
     * @param random decides the change, and nothing else does
     * @return the changed values; the number of frames may differ
     */
    float[] apply(float[] values, int dimensions, RandomGenerator random);
}
