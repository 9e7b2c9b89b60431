package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.common.data.TextSplit;
import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The time before and after speech in which nothing is said.
 *
 * @param before how long it is before the speech, in seconds
 * @param after how long it is after the speech, in seconds
 * @param isGated whether a noise gate mutes it, but for {@link #HOLD_SECONDS} next to the speech
 */
record Silence(double before, double after, boolean isGated) {

    private static final UniformRange USUAL = new UniformRange(0.05, 0.4);
    private static final UniformRange SHORT = new UniformRange(0.05, 0.15);
    private static final UniformRange ANY = new UniformRange(0.05, 1.5);
    private static final double ANY_SHARE = 0.25;
    private static final double GATED_SHARE = 0.2;
    private static final double HOLD_SECONDS = 0.1;

    /**
     * Draws the silence of a recording. A model that always hears the first word after 0.4 s at
     * most does not know it later, so some training recordings have longer silence. Most have a
     * shorter one, since silence takes time to learn from as well.
     *
     * @param split the part of the corpus
     * @param random the source of randomness
     */
    static Silence draw(TextSplit split, RandomGenerator random) {
        if (split != TextSplit.TRAIN) {
            return new Silence(USUAL.draw(random), USUAL.draw(random), false);
        }
        return new Silence(
                ofTraining(random), ofTraining(random), random.nextDouble() < GATED_SHARE);
    }

    private static double ofTraining(RandomGenerator random) {
        return (random.nextDouble() < ANY_SHARE ? ANY : SHORT).draw(random);
    }

    /** Puts the silence around speech. */
    Waveform around(Waveform speech) {
        int rate = speech.sampleRate();
        float[] samples = speech.samples();
        int from = samples(before, rate);
        float[] padded = new float[from + samples.length + samples(after, rate)];
        System.arraycopy(samples, 0, padded, from, samples.length);
        return new Waveform(padded, rate);
    }

    /** Mutes the noise in the silence of a recording if it is gated. */
    Waveform gate(Waveform recording) {
        int rate = recording.sampleRate();
        int begin = samples(before - HOLD_SECONDS, rate);
        int end = samples(after - HOLD_SECONDS, rate);
        if (!isGated || (begin <= 0 && end <= 0)) {
            return recording;
        }
        float[] samples = recording.samples().clone();
        Arrays.fill(samples, 0, Math.max(0, begin), 0);
        Arrays.fill(samples, samples.length - Math.max(0, end), samples.length, 0);
        return new Waveform(samples, rate);
    }

    private static int samples(double seconds, int rate) {
        return (int) Math.round(seconds * rate);
    }
}
