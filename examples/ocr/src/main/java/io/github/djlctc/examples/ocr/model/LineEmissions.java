package io.github.djlctc.examples.ocr.model;

/** What a model puts out for a line. */
public final class LineEmissions {

    /** Frame by frame, class by class. */
    private final float[] scores;

    private final int frames;

    LineEmissions(float[] scores, int frames) {
        this.scores = scores;
        this.frames = frames;
    }

    /** {@return the scores of shape (frames, C), row by row; not a copy, do not change them} */
    public float[] scores() {
        return scores;
    }

    /** {@return the number of frames, above 0} */
    public int frames() {
        return frames;
    }
}
