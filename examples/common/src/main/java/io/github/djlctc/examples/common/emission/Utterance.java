package io.github.djlctc.examples.common.emission;

/** The emissions of one utterance. */
public final class Utterance {

    private final String id;
    private final float[] emissions;
    private final int frames;

    /**
     * Creates an utterance.
     *
     * @param id the name of the array
     * @param emissions the scores of shape (frames, C), row by row; not copied
     * @param frames the number of frames, 0 or more
     */
    public Utterance(String id, float[] emissions, int frames) {
        this.id = id;
        this.emissions = emissions;
        this.frames = frames;
    }

    /** {@return the name of the array} */
    public String id() {
        return id;
    }

    /**
     * {@return the scores of shape (frames, C), row by row: logits or log probabilities} Do not
     * change them.
     */
    public float[] emissions() {
        return emissions;
    }

    /** {@return the number of frames, 0 or more} */
    public int frames() {
        return frames;
    }
}
