package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.common.data.TextSplit;
import io.github.djlctc.examples.common.random.UniformRange;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What makes one synthetic speaker differ from another.
 *
 * @param pitch the mean fundamental frequency in Hz
 * @param pitchRange the standard deviation of the fundamental frequency in Hz
 * @param stretch the factor on the duration of speech: above 1 is slower
 * @param warp the factor on all formant frequencies: above 1 is a shorter vocal tract
 */
record SpeakerSettings(double pitch, double pitchRange, double stretch, double warp) {

    private static final UniformRange PITCH = new UniformRange(75, 200);
    private static final UniformRange PITCH_RANGE = new UniformRange(5, 30);
    private static final UniformRange STRETCH = new UniformRange(0.9, 1.35);
    private static final UniformRange WARP = new UniformRange(0.85, 1.2);

    private static final double HELD_OUT_MARGIN = 0.1;

    /**
     * Draws the speakers of a part of the corpus. The settings of held-out speakers lie inside of
     * the ranges that training speakers come from.
     *
     * @param split the part
     * @param random the source of randomness
     * @return 40, 6 or 8 speakers for training, validation or test
     */
    static List<SpeakerSettings> draw(TextSplit split, RandomGenerator random) {
        return switch (split) {
            case TRAIN -> draw(40, 0, random);
            case VALIDATION -> draw(6, HELD_OUT_MARGIN, random);
            case TEST -> draw(8, HELD_OUT_MARGIN, random);
        };
    }

    /**
     * Draws speakers by a Latin hypercube (McKay, Beckman and Conover 1979): each range is cut into
     * as many equal parts as there are speakers, and each part is used once, so that even a few
     * speakers cover the ranges.
     *
     * @param count the number of speakers
     * @param margin the share of each range, from 0 to 0.5, that is left out at both of its ends
     * @param random the source of randomness
     * @return the speakers
     */
    private static List<SpeakerSettings> draw(int count, double margin, RandomGenerator random) {
        double[] pitches = spread(PITCH, count, margin, random);
        double[] pitchRanges = spread(PITCH_RANGE, count, margin, random);
        double[] stretches = spread(STRETCH, count, margin, random);
        double[] warps = spread(WARP, count, margin, random);
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                new SpeakerSettings(
                                        pitches[i], pitchRanges[i], stretches[i], warps[i]))
                .toList();
    }

    /** Draws one value from each of the equal parts of a range, in random order. */
    private static double[] spread(
            UniformRange range, int count, double margin, RandomGenerator random) {
        double width = range.high() - range.low();
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            double place = margin + (1 - 2 * margin) * (i + random.nextDouble()) / count;
            // Inserts the value at a random place by the inside-out Fisher-Yates shuffle.
            int other = random.nextInt(i + 1);
            values[i] = values[other];
            values[other] = range.low() + place * width;
        }
        return values;
    }
}
