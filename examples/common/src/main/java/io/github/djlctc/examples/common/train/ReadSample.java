package io.github.djlctc.examples.common.train;

/** A sample that was read: the values that the audit looks at, and the source of its features. */
public final class ReadSample {

    private final int frames;
    private final float[] values;
    private final FeatureSource features;

    /**
     * Creates a sample.
     *
     * @param frames the number of frames of the plain features
     * @param values the values that the audit searches for NaN and silence; not copied, and not
     *     kept
     * @param features makes the features
     */
    public ReadSample(int frames, float[] values, FeatureSource features) {
        this.frames = frames;
        this.values = values;
        this.features = features;
    }

    int frames() {
        return frames;
    }

    float[] values() {
        return values;
    }

    /**
     * Returns what makes the features.
     *
     * @return the source
     */
    public FeatureSource features() {
        return features;
    }
}
