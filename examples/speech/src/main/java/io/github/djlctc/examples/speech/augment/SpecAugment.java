package io.github.djlctc.examples.speech.augment;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Masks bands of frequency and stretches of time in log-mel features: Park et al., SpecAugment: A
 * Simple Data Augmentation Method for Automatic Speech Recognition, Interspeech 2019, section 2,
 * without the time warp.
 *
 * <p>Each frequency mask is w channels wide, w uniform in 0..F, or in 0..dimensions if there are
 * fewer; its position is uniform among those where it fits. Each time mask likewise, over at most
 * min(T, p frames) frames. Masks may overlap.
 */
public final class SpecAugment implements FeatureAugmentation {

    private final int frequencyMasks;
    private final int frequencyMaskWidth;
    private final int timeMasks;
    private final int timeMaskWidth;
    private final double timeMaskShare;
    private final float maskValue;

    private SpecAugment(Builder builder) {
        frequencyMasks = builder.frequencyMasks;
        frequencyMaskWidth = builder.frequencyMaskWidth;
        timeMasks = builder.timeMasks;
        timeMaskWidth = builder.timeMaskWidth;
        timeMaskShare = builder.timeMaskShare;
        maskValue = builder.maskValue;
    }

    /**
     * Returns a builder, set to the paper's policy LD: 2 frequency masks of up to 27 channels, and
     * 2 time masks of up to 100 frames and all of the utterance.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public float[] apply(float[] values, int dimensions, RandomGenerator random) {
        float[] masked = values.clone();
        int frames = values.length / dimensions;
        for (int i = 0; i < frequencyMasks; i++) {
            int width = random.nextInt(Math.min(frequencyMaskWidth, dimensions) + 1);
            int start = random.nextInt(dimensions - width + 1);
            for (int row = 0; row < masked.length; row += dimensions) {
                Arrays.fill(masked, row + start, row + start + width, maskValue);
            }
        }
        int longest = Math.min(timeMaskWidth, (int) (timeMaskShare * frames));
        for (int i = 0; i < timeMasks; i++) {
            int width = random.nextInt(longest + 1);
            int start = random.nextInt(frames - width + 1);
            Arrays.fill(masked, start * dimensions, (start + width) * dimensions, maskValue);
        }
        return masked;
    }

    /** Sets up a {@link SpecAugment}. */
    public static final class Builder {

        private int frequencyMasks = 2;
        private int frequencyMaskWidth = 27;
        private int timeMasks = 2;
        private int timeMaskWidth = 100;
        private double timeMaskShare = 1;
        private float maskValue;

        private Builder() {}

        /**
         * Sets the number of frequency masks.
         *
         * @param masks m_F, at least 0
         * @return this builder
         */
        public Builder optFrequencyMasks(int masks) {
            frequencyMasks = requireCount("frequency masks", masks);
            return this;
        }

        /**
         * Sets how wide a frequency mask can be.
         *
         * @param channels F, at least 0
         * @return this builder
         */
        public Builder optFrequencyMaskWidth(int channels) {
            frequencyMaskWidth = requireCount("channels of a frequency mask", channels);
            return this;
        }

        /**
         * Sets the number of time masks.
         *
         * @param masks m_T, at least 0
         * @return this builder
         */
        public Builder optTimeMasks(int masks) {
            timeMasks = requireCount("time masks", masks);
            return this;
        }

        /**
         * Sets how wide a time mask can be.
         *
         * @param frames T, at least 0
         * @return this builder
         */
        public Builder optTimeMaskWidth(int frames) {
            timeMaskWidth = requireCount("frames of a time mask", frames);
            return this;
        }

        /**
         * Sets how much of an utterance one time mask can cover.
         *
         * @param share p, a share of the frames from 0 to 1
         * @return this builder
         */
        public Builder optTimeMaskShare(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "a share of the frames from 0 to 1 expected: " + share);
            }
            timeMaskShare = share;
            return this;
        }

        /**
         * Sets the value under the masks.
         *
         * @param value the value, 0 by default: the mean of normalised features
         * @return this builder
         */
        public Builder optMaskValue(float value) {
            maskValue = value;
            return this;
        }

        /**
         * Builds the augmentation.
         *
         * @return the augmentation
         */
        public SpecAugment build() {
            return new SpecAugment(this);
        }

        private static int requireCount(String what, int count) {
            if (count < 0) {
                throw new IllegalArgumentException("at least 0 " + what + " expected: " + count);
            }
            return count;
        }
    }
}
