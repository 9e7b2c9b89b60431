package io.github.djlctc.examples.speech.transcribe;

/** Logits that are decoded at once. */
final class Passage {

    private final float[] logits;
    private final int frames;
    private final long firstFrame;

    /**
     * Creates a passage.
     *
     * @param logits of shape (frames, C), row by row; not copied
     * @param frames the number of frames
     * @param firstFrame the frames of the sound before them
     */
    Passage(float[] logits, int frames, long firstFrame) {
        this.logits = logits;
        this.frames = frames;
        this.firstFrame = firstFrame;
    }

    /** Returns the logits, not to be changed. */
    float[] logits() {
        return logits;
    }

    int frames() {
        return frames;
    }

    long firstFrame() {
        return firstFrame;
    }
}
