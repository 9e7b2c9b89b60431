package io.github.djlctc.loss;

/** One sample of a batch: its target, and where its frames are in an array of the batch. */
final class Sample {

    /** The class of each label. */
    private final int[] labels;

    /** For each label 1 if it may follow the one before without a blank, else 0; then a 0. */
    private final double[] skips;

    private final int blank;
    private final int frames;
    private final int firstIndex;
    private final int frameStride;

    /**
     * Describes a sample.
     *
     * @param target the classes of its labels
     * @param blank the class of the blank
     * @param frames the number of its frames
     * @param firstIndex the place of class 0 in its first frame
     * @param frameStride the distance between the same class in adjacent frames
     */
    Sample(long[] target, int blank, int frames, int firstIndex, int frameStride) {
        labels = new int[target.length];
        skips = new double[target.length + 1];
        for (int k = 0; k < labels.length; k++) {
            labels[k] = Math.toIntExact(target[k]);
            skips[k] = k > 0 && labels[k] != labels[k - 1] ? 1 : 0;
        }
        this.blank = blank;
        this.frames = frames;
        this.firstIndex = firstIndex;
        this.frameStride = frameStride;
    }

    int labels() {
        return labels.length;
    }

    int label(int k) {
        return labels[k];
    }

    int blank() {
        return blank;
    }

    int frames() {
        return frames;
    }

    /** The place of class 0 in a frame. */
    int row(int frame) {
        return firstIndex + frame * frameStride;
    }

    /**
     * For every label 1 if it may follow the label before it without a blank between them, else 0;
     * one more 0 at the end. Not to be changed.
     */
    double[] skips() {
        return skips;
    }

    /** The number of cells of the dynamic programme. */
    long cells() {
        return frames * (2L * labels.length + 1);
    }
}
