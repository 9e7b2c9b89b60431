package io.github.djlctc.testdata;

/** The emissions of a model for an utterance, and what was said. */
public final class RecordedUtterance {

    private final String id;
    private final String reference;
    private final float[] emissions;
    private final int frames;

    RecordedUtterance(String id, String reference, float[] emissions, int frames) {
        this.id = id;
        this.reference = reference;
        this.emissions = emissions;
        this.frames = frames;
    }

    /**
     * Returns the name of the utterance.
     *
     * @return a name that no other utterance of the set has
     */
    public String id() {
        return id;
    }

    /**
     * Returns what was said.
     *
     * @return the text
     */
    public String reference() {
        return reference;
    }

    /**
     * Returns the output of the model.
     *
     * @return log probabilities (frames, classes), frame by frame; the array itself, not a copy
     */
    public float[] emissions() {
        return emissions;
    }

    /**
     * Returns the length.
     *
     * @return the number of frames
     */
    public int frames() {
        return frames;
    }
}
