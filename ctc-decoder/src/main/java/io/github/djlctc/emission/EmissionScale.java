package io.github.djlctc.emission;

/** What the class scores of a model are. */
public enum EmissionScale {
    /**
     * Logits or natural logarithms of probabilities: any numbers, of which the softmax is the
     * probabilities.
     */
    LOGITS,

    /**
     * Probabilities, as a softmax gives them: each from 0 to 1, and those of a frame add up to 1.
     */
    PROBABILITIES;

    /**
     * Brings the emissions of a sample to logits, after checks of their size and scale.
     *
     * <p>Of probabilities the natural logarithm is taken; that of 0 is minus infinity. Logits are
     * returned as they are. If every frame of them lies in 0 to 1 and adds up to 1 within 1e-3,
     * they are taken for probabilities, which is an error. Adding the same number, such as 1, to
     * all scores keeps logits that happen to look so, such as those of one class alone, from being
     * taken for probabilities, and changes no result.
     *
     * @param emissions the scores of shape (frames, C), row by row; not changed
     * @param frames the number of frames, 0 or more
     * @param classes the size of the alphabet
     * @return logits of shape (frames, C), row by row; a new array, or that of the emissions. NaN
     *     stays NaN
     * @throws IllegalArgumentException if the values do not fill frames of the alphabet's size
     * @throws EmissionScaleException if the scores are of the other scale, or probabilities are
     *     below 0, above 1, or those of a frame do not add up to 1 within 0.01
     */
    public float[] toLogits(float[] emissions, int frames, int classes) {
        return new EmissionScaleCheck(this).toLogits(emissions, 0, frames, classes);
    }
}
