package io.github.djlctc.examples.speech.audio;

/**
 * Precomputed feature frames.
 *
 * @param values the values of shape (frames, dimensions), row by row; not copied, do not change
 *     them
 * @param dimensions values per frame, above 0
 */
public record FeatureMatrix(float[] values, int dimensions) implements Signal {

    /** Checks that the values fill whole frames. */
    public FeatureMatrix {
        if (dimensions <= 0 || values.length % dimensions != 0) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill frames of " + dimensions);
        }
    }

    /** Returns the number of frames. */
    public int frames() {
        return values.length / dimensions;
    }
}
