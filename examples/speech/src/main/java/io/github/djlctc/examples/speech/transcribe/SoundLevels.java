package io.github.djlctc.examples.speech.transcribe;

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

    /** Returns the samples of a step. */
    static int step(int sampleRate) {
        return Math.max(1, (int) Math.round(STEP_SECONDS * sampleRate));
    }

    /** Returns the mean level of each whole step and its neighbours, at least -90 dB. */
    static double[] of(float[] samples, int step) {
        double[] powers = new double[samples.length / step];
        for (int i = 0; i < powers.length; i++) {
            for (int j = i * step; j < (i + 1) * step; j++) {
                powers[i] += (double) samples[j] * samples[j] / step;
            }
        }
        double[] levels = new double[powers.length];
        for (int i = 0; i < levels.length; i++) {
            int from = Math.max(0, i - 1);
            int to = Math.min(levels.length, i + 2);
            double sum = 0;
            for (int j = from; j < to; j++) {
                sum += powers[j];
            }
            levels[i] = Math.max(LEAST_DECIBELS, 10 * Math.log10(sum / (to - from)));
        }
        return levels;
    }
}
