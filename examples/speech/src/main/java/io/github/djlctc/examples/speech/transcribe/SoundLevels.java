package io.github.djlctc.examples.speech.transcribe;

import java.util.Arrays;

/** How loud sound is, in decibels of full scale, in steps of 10 ms. */
final class SoundLevels {

    private static final double STEP_SECONDS = 0.01;

    /** Below the noise of 16 bits; digital silence has no level. */
    private static final double LEAST_DECIBELS = -90;

    private SoundLevels() {}

    /** Tells whether a level is that of digital silence, or so soft that it could be. */
    static boolean isSilent(double level) {
        return level <= LEAST_DECIBELS;
    }

    /** Tells whether there are levels, all of them those of digital silence. */
    static boolean areSilent(double[] levels) {
        return levels.length > 0 && Arrays.stream(levels).allMatch(SoundLevels::isSilent);
    }

    /** Returns the samples of a step. */
    static int step(int sampleRate) {
        return Math.max(1, (int) Math.round(STEP_SECONDS * sampleRate));
    }

    /**
     * Returns the mean level of each whole step and its neighbours, at least -90 dB. An offset of
     * the samples, which nobody hears, has no level.
     */
    static double[] of(float[] samples, int step) {
        double[] powers = new double[samples.length / step];
        double[] means = new double[powers.length];
        for (int i = 0; i < powers.length; i++) {
            for (int j = i * step; j < (i + 1) * step; j++) {
                powers[i] += (double) samples[j] * samples[j] / step;
                means[i] += (double) samples[j] / step;
            }
        }
        double[] levels = new double[powers.length];
        for (int i = 0; i < levels.length; i++) {
            int from = Math.max(0, i - 1);
            int to = Math.min(levels.length, i + 2);
            double power = 0;
            double mean = 0;
            for (int j = from; j < to; j++) {
                power += powers[j] / (to - from);
                mean += means[j] / (to - from);
            }
            double heard = Math.max(0, power - mean * mean);
            levels[i] = Math.max(LEAST_DECIBELS, 10 * Math.log10(heard));
        }
        return levels;
    }
}
