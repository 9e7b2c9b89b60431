package io.github.djlctc.emission;

import java.util.Objects;

/**
 * Tells whether the frames of one sample are of the {@link EmissionScale scale} that was promised.
 *
 * <p>Frames come all at once or in parts. As soon as a frame of logits does not look like
 * probabilities, no others are looked at.
 *
 * <p>For one thread at a time.
 */
public final class EmissionScaleCheck {

    /** How far from 1 the sums of frames are that are taken for probabilities. */
    private static final double LIKENESS = 1e-3;

    /** How far from 1 the sums of probabilities may be: a softmax in half precision is as exact. */
    private static final double TOLERANCE = 1e-2;

    private final EmissionScale scale;
    private boolean shownToBeLogits;

    /**
     * Starts with the first frame of a sample.
     *
     * @param scale the scale that was promised
     */
    public EmissionScaleCheck(EmissionScale scale) {
        this.scale = Objects.requireNonNull(scale, "scale");
    }

    /**
     * Returns a check that has seen the same frames, for those who may take the next ones back.
     *
     * @return another check
     */
    public EmissionScaleCheck copy() {
        EmissionScaleCheck copy = new EmissionScaleCheck(scale);
        copy.shownToBeLogits = shownToBeLogits;
        return copy;
    }

    /**
     * Brings the next frames to logits, after checks of their size and scale. See {@link
     * EmissionScale#toLogits}; logits of a part are taken for probabilities if every frame looks
     * so, unless an earlier one has shown otherwise.
     *
     * @param emissions the scores of shape (frames, C), row by row; not changed
     * @param firstFrame the number of the first of these frames in the sample, for errors
     * @param frames the number of frames, 0 or more
     * @param classes the size of the alphabet
     * @return logits of shape (frames, C), row by row; a new array, or that of the emissions
     * @throws IllegalArgumentException if the values do not fill frames of the alphabet's size
     * @throws EmissionScaleException if they are not of the promised scale
     */
    public float[] toLogits(float[] emissions, int firstFrame, int frames, int classes) {
        EmissionRows.checkSize(emissions, frames, classes);
        for (int frame = 0; frame < frames && !shownToBeLogits; frame++) {
            checkRow(emissions, frame * classes, classes, firstFrame + frame);
        }
        endPart(firstFrame, frames);
        return scale == EmissionScale.LOGITS ? emissions : logarithms(emissions);
    }

    private void checkRow(float[] emissions, int from, int classes, int frame) {
        float least = emissions[from];
        float greatest = emissions[from];
        double sum = 0;
        for (int i = from; i < from + classes; i++) {
            least = Math.min(least, emissions[i]);
            greatest = Math.max(greatest, emissions[i]);
            sum += emissions[i];
        }
        checkFrame(frame, least, greatest, sum);
    }

    private static float[] logarithms(float[] probabilities) {
        float[] logarithms = new float[probabilities.length];
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = (float) Math.log(probabilities[i]);
        }
        return logarithms;
    }

    /**
     * Checks one frame, of which only this is known. NaN is not its business.
     *
     * @param frame the number of the frame in the sample, for errors
     * @param least the least score
     * @param greatest the greatest score
     * @param sum the sum of the scores
     * @throws EmissionScaleException if probabilities are promised, and the frame has none
     */
    public void checkFrame(int frame, double least, double greatest, double sum) {
        if (scale == EmissionScale.LOGITS) {
            shownToBeLogits |= !areProbabilities(least, greatest, sum, LIKENESS);
        } else if (!Double.isNaN(sum) && !areProbabilities(least, greatest, sum, TOLERANCE)) {
            throw notProbabilities(frame, least, greatest, sum);
        }
    }

    private static boolean areProbabilities(
            double least, double greatest, double sum, double tolerance) {
        // A softmax may round to slightly more than 1.
        return least >= 0 && greatest <= 1 + tolerance && Math.abs(sum - 1) <= tolerance;
    }

    /**
     * Ends a part of the frames of a sample, or all of them.
     *
     * @param firstFrame the number of the first frame of the part, for errors
     * @param frames the number of frames of the part, 0 or more
     * @throws EmissionScaleException if logits are promised, and all frames, so far, look like
     *     probabilities
     */
    public void endPart(int firstFrame, int frames) {
        if (scale == EmissionScale.LOGITS && frames > 0 && !shownToBeLogits) {
            throw new EmissionScaleException(
                    (frames == 1
                                    ? "frame " + firstFrame
                                    : "frames " + firstFrame + " to " + (firstFrame + frames - 1))
                            + ": the class scores are all from 0 to 1 and add up to 1 in each"
                            + " frame, as probabilities do, but logits or log probabilities are"
                            + " expected",
                    "if they are probabilities, set EmissionScale.PROBABILITIES; if they are"
                            + " logits, add 1 to all of them, which changes no result");
        }
    }

    private static EmissionScaleException notProbabilities(
            int frame, double least, double greatest, double sum) {
        String problem;
        if (least < 0) {
            problem = "a class has the score " + (float) least + ", but a probability is 0 or more";
        } else if (greatest > 1 + TOLERANCE) {
            problem =
                    "a class has the score "
                            + (float) greatest
                            + ", but a probability is 1 or less";
        } else {
            problem = "the scores add up to " + (float) sum + ", but probabilities add up to 1";
        }
        return new EmissionScaleException(
                "frame " + frame + ": " + problem,
                "if they are logits or log probabilities, set EmissionScale.LOGITS; if they are"
                        + " probabilities, divide those of each frame by their sum");
    }
}
