package io.github.djlctc.examples.speech.augment;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Masks bands of dimensions and stretches of time with zeros, the mean of normalised features (Park
 * et al. 2019, "SpecAugment", section 2, without time warping).
 */
public final class SpecAugment implements FeatureAugmentation {

    private final int dimensionMasks;
    private final int maxDimensions;
    private final int timeMasks;
    private final int maxFrames;
    private final double maxShare;

    /**
     * Creates the augmentation.
     *
     * @param dimensionMasks the number of bands masked (m_F)
     * @param maxDimensions the width of the widest band (F); widths are uniform from 0
     * @param timeMasks the number of stretches masked (m_T)
     * @param maxFrames the length of the longest stretch (T); lengths are uniform from 0
     * @param maxShare the share of the utterance that one stretch may mask at most (p), 0 to 1
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SpecAugment(
            int dimensionMasks, int maxDimensions, int timeMasks, int maxFrames, double maxShare) {
        if (dimensionMasks < 0 || maxDimensions < 0 || timeMasks < 0 || maxFrames < 0) {
            throw new IllegalArgumentException("numbers and widths of masks must be 0 or more");
        }
        if (!(maxShare >= 0 && maxShare <= 1)) {
            throw new IllegalArgumentException("a share of " + maxShare + " is not from 0 to 1");
        }
        this.dimensionMasks = dimensionMasks;
        this.maxDimensions = maxDimensions;
        this.timeMasks = timeMasks;
        this.maxFrames = maxFrames;
        this.maxShare = maxShare;
    }

    @Override
    public float[] apply(float[] values, int dimensions, RandomGenerator random) {
        float[] result = values.clone();
        int frames = values.length / dimensions;
        for (int i = 0; i < dimensionMasks; i++) {
            int width = random.nextInt(Math.min(maxDimensions, dimensions) + 1);
            int start = random.nextInt(dimensions - width + 1);
            for (int t = 0; t < frames; t++) {
                int from = t * dimensions + start;
                Arrays.fill(result, from, from + width, 0);
            }
        }
        int longest = Math.min(maxFrames, (int) (maxShare * frames));
        for (int i = 0; i < timeMasks; i++) {
            int length = random.nextInt(longest + 1);
            int start = random.nextInt(frames - length + 1);
            Arrays.fill(result, start * dimensions, (start + length) * dimensions, 0);
        }
        return result;
    }
}
