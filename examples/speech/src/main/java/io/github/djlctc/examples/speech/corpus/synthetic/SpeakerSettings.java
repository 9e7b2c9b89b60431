package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.speech.augment.UniformRange;

import java.util.random.RandomGenerator;

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
    private static final UniformRange STRETCH = new UniformRange(0.8, 1.25);
    private static final UniformRange WARP = new UniformRange(0.85, 1.2);

    /**
     * Draws a speaker.
     *
     * @param margin the share of each range, from 0 to 0.5, that is left out at both of its ends
     * @param random the source of randomness
     * @return the speaker
     */
    static SpeakerSettings draw(double margin, RandomGenerator random) {
        return new SpeakerSettings(
                inner(PITCH, margin).draw(random),
                inner(PITCH_RANGE, margin).draw(random),
                inner(STRETCH, margin).draw(random),
                inner(WARP, margin).draw(random));
    }

    private static UniformRange inner(UniformRange range, double margin) {
        double cut = margin * (range.high() - range.low());
        return new UniformRange(range.low() + cut, range.high() - cut);
    }
}
