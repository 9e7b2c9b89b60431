package io.github.djlctc.examples.speech.augment;

import java.util.List;
import java.util.random.RandomGenerator;

/** A random change to the features of an utterance that leaves its words as they are. */
@FunctionalInterface
public interface FeatureAugmentation {

    /**
     * Returns a changed copy of feature frames.
     *
     * @param values the features of shape (frames, dimensions), row by row, of any number of
     *     frames; not changed
     * @param dimensions values per frame, above 0
     * @param random the source of all randomness
     * @return the changed features, with the same dimensions; the given array where there is
     *     nothing to change
     */
    float[] apply(float[] values, int dimensions, RandomGenerator random);

    /**
     * Returns the augmentation that applies others one after the other.
     *
     * @param steps the augmentations, in the order of application
     * @return their composition; the identity if there are none
     */
    static FeatureAugmentation sequence(List<FeatureAugmentation> steps) {
        List<FeatureAugmentation> copy = List.copyOf(steps);
        return (values, dimensions, random) -> {
            float[] result = values;
            for (FeatureAugmentation step : copy) {
                result = step.apply(result, dimensions, random);
            }
            return result;
        };
    }
}
