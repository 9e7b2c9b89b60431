package io.github.djlctc.examples.common.picture;

/**
 * The probability of every class in every frame of an utterance or a text line.
 *
 * <p>Made of what a model gives, logits or log probabilities: {@code exp(score) / sum of
 * exp(scores)} over the classes of a frame.
 */
public final class Posteriors {

    private final float[] scores;
    private final int classes;
    private final double[] normalizers;

    /**
     * Wraps the output of a model.
     *
     * @param scores the logits or log probabilities of shape (frames, classes), row by row; not
     *     copied
     * @param frames the number of frames, 0 or more
     * @param classes the number of classes, the blank included
     * @throws IllegalArgumentException if there are not frames times classes scores
     */
    public Posteriors(float[] scores, int frames, int classes) {
        if (frames < 0 || classes < 1 || scores.length != (long) frames * classes) {
            throw new IllegalArgumentException(
                    scores.length + " scores for " + frames + " frames of " + classes + " classes");
        }
        this.scores = scores;
        this.classes = classes;
        normalizers = new double[frames];
        for (int frame = 0; frame < frames; frame++) {
            normalizers[frame] = logSumExp(frame * classes);
        }
    }

    private double logSumExp(int from) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int id = 0; id < classes; id++) {
            highest = Math.max(highest, scores[from + id]);
        }
        double sum = 0;
        for (int id = 0; id < classes; id++) {
            sum += Math.exp(scores[from + id] - highest);
        }
        return highest + Math.log(sum);
    }

    /** {@return the number of frames, 0 or more} */
    public int frames() {
        return normalizers.length;
    }

    /** {@return the number of classes, the blank included} */
    public int classes() {
        return classes;
    }

    /**
     * Returns a probability.
     *
     * @param frame the frame, from 0
     * @param id the class
     * @return from 0 to 1; NaN in all of a frame in which a score is NaN or positive infinity, or
     *     none is finite
     */
    public double at(int frame, int id) {
        return Math.exp(scores[frame * classes + id] - normalizers[frame]);
    }

    /** {@return the number of frames whose probabilities are NaN} */
    public int undefinedFrames() {
        int undefined = 0;
        for (double normalizer : normalizers) {
            if (Double.isNaN(normalizer)) {
                undefined++;
            }
        }
        return undefined;
    }

    /**
     * Finds the most probable class.
     *
     * @param frame the frame, from 0
     * @return the class, the lowest of equals
     */
    public int best(int frame) {
        int best = 0;
        for (int id = 1; id < classes; id++) {
            if (scores[frame * classes + id] > scores[frame * classes + best]) {
                best = id;
            }
        }
        return best;
    }
}
