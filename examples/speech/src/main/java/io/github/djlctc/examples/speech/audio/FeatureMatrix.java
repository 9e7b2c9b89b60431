package io.github.djlctc.examples.speech.audio;

/** Precomputed feature frames. */
public final class FeatureMatrix implements Signal {

    private final float[] values;
    private final int dimensions;

    /**
     * Creates a matrix.
     *
     * @param values the values of shape (frames, dimensions), row by row; not copied
     * @param dimensions values per frame, above 0
     */
    public FeatureMatrix(float[] values, int dimensions) {
        if (dimensions <= 0 || values.length % dimensions != 0) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill frames of " + dimensions);
        }
        this.values = values;
        this.dimensions = dimensions;
    }

    /**
     * {@return the values of shape (frames, dimensions), row by row; not a copy, do not change
     * them}
     */
    public float[] values() {
        return values;
    }

    /** {@return the values per frame, above 0} */
    public int dimensions() {
        return dimensions;
    }

    /** {@return the number of frames} */
    public int frames() {
        return values.length / dimensions;
    }
}
