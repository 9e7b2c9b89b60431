package io.github.djlctc.examples.speech.feature;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;

import java.util.ArrayList;
import java.util.List;

/** Sums over the frames of sound, of which its {@link MelNormalisation} is made. */
public final class MelStatistics {

    /** As for features that are normalised over their utterance. */
    private static final double VARIANCE_FLOOR = 1e-5;

    private final double[] sums;
    private final double[] squares;
    private long frames;

    /**
     * Begins with no frames.
     *
     * @param mels the values of a frame
     */
    public MelStatistics(int mels) {
        sums = new double[mels];
        squares = new double[mels];
    }

    /**
     * Adds frames.
     *
     * @param features log-mel values that were not normalised
     */
    public void add(FeatureMatrix features) {
        float[] values = features.values();
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            sums[i % sums.length] += value;
            squares[i % sums.length] += value * value;
        }
        frames += features.frames();
    }

    /**
     * Returns what brings the frames so far to mean 0 and deviation 1.
     *
     * @return mean and deviation of each mel; {@link MelNormalisation#none} without any frames
     */
    public MelNormalisation normalisation() {
        if (frames == 0) {
            return MelNormalisation.none(sums.length);
        }
        List<Float> means = new ArrayList<>();
        List<Float> deviations = new ArrayList<>();
        for (int m = 0; m < sums.length; m++) {
            double mean = sums[m] / frames;
            double variance = Math.max(0, squares[m] / frames - mean * mean);
            means.add((float) mean);
            deviations.add((float) Math.sqrt(variance + VARIANCE_FLOOR));
        }
        return new MelNormalisation(means, deviations);
    }
}
