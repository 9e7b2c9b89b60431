package io.github.djlctc.examples.speech.transcribe;

import java.util.Arrays;

/**
 * Finds where sound is best cut: in the middle of its longest and quietest pause.
 *
 * <p>Levels below that of the quietest tenth of the sound, the floor of its noise, count as that,
 * so that of two pauses the longer one wins and not the one with less noise. Their mean under a
 * triangle of a second is smallest in the middle of the longest pause, and where there is none, in
 * the quietest place.
 */
final class QuietPlace {

    /** Half of the triangle's base. */
    private static final int REACH_STEPS = 50;

    private static final double FLOOR_SHARE = 0.1;

    private QuietPlace() {}

    /**
     * Finds it.
     *
     * @param samples sound
     * @param sampleRate its rate
     * @param from the first sample before which it may be cut
     * @return the number of samples before the cut, {@code from} or more
     */
    static int find(float[] samples, int sampleRate, int from) {
        int step = SoundLevels.step(sampleRate);
        double[] levels = SoundLevels.of(samples, step);
        raiseToFloor(levels);
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = Math.min(levels.length - 1, (from + step - 1) / step);
                i < levels.length;
                i++) {
            double level = around(levels, i);
            if (level <= least) {
                least = level;
                best = i;
            }
        }
        return best < 0 ? samples.length : Math.max(from, best * step);
    }

    private static void raiseToFloor(double[] levels) {
        if (levels.length == 0) {
            return;
        }
        double[] sorted = levels.clone();
        Arrays.sort(sorted);
        double floor = sorted[(int) (FLOOR_SHARE * (sorted.length - 1))];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Math.max(floor, levels[i]);
        }
    }

    private static double around(double[] levels, int centre) {
        double sum = 0;
        double weights = 0;
        int to = Math.min(levels.length - 1, centre + REACH_STEPS);
        for (int i = Math.max(0, centre - REACH_STEPS); i <= to; i++) {
            int weight = REACH_STEPS + 1 - Math.abs(i - centre);
            sum += weight * levels[i];
            weights += weight;
        }
        return sum / weights;
    }
}
