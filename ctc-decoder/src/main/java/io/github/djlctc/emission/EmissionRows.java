package io.github.djlctc.emission;

import java.util.Objects;

/**
 * Computes the softmax of emissions of shape (T, C), stored row by row in one array.
 *
 * <p>Methods take the index at which a frame begins, and allocate nothing, so that decoders may
 * call them for each frame of a long recording.
 */
public final class EmissionRows {

    private EmissionRows() {}

    /**
     * Checks that emissions fill their frames.
     *
     * @param emissions the scores of shape (frames, classes)
     * @param frames the number of frames
     * @param classes the size of the alphabet
     * @throws IllegalArgumentException if they do not, or the number of frames is negative
     */
    public static void checkSize(float[] emissions, int frames, int classes) {
        Objects.requireNonNull(emissions, "emissions");
        if (frames < 0 || emissions.length != (long) frames * classes) {
            throw new IllegalArgumentException(
                    "emissions of "
                            + frames
                            + " frames hold "
                            + emissions.length
                            + " values, but each frame must hold "
                            + classes
                            + ", one for each token of the alphabet, the blank included");
        }
    }

    /**
     * Finds the likeliest class of a frame; of equal classes, the one with the lowest id.
     *
     * @param emissions logits or log probabilities
     * @param from where the frame begins
     * @param classes the number of classes
     * @return the class id
     */
    public static int indexOfMax(float[] emissions, int from, int classes) {
        int best = 0;
        for (int id = 1; id < classes; id++) {
            if (emissions[from + id] > emissions[from + best]) {
                best = id;
            }
        }
        return best;
    }

    /**
     * Returns the natural logarithm of the probability of the likeliest class of a frame.
     *
     * <p>The log probability of any class is this value plus its score minus the highest score.
     *
     * @param emissions logits or log probabilities
     * @param from where the frame begins
     * @param classes the number of classes
     * @param indexOfMax the result of {@link #indexOfMax} for the frame
     * @return {@code -log(sum(exp(score - max)))}; NaN if the scores hold NaN or +infinity, or
     *     -infinity only
     */
    public static double maxLogProbability(
            float[] emissions, int from, int classes, int indexOfMax) {
        double max = emissions[from + indexOfMax];
        double sum = 0;
        for (int i = from; i < from + classes; i++) {
            sum += Math.exp(emissions[i] - max);
        }
        return -Math.log(sum);
    }
}
