package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.augment.WaveformAugmentation;

import java.util.random.RandomGenerator;

/**
 * A random place of recording: a microphone that tilts the spectrum, and a few echoes from the
 * walls.
 *
 * <p>The microphone is the filter y[n] = x[n] - a x[n - 1]; an echo is a copy that comes later and
 * softer, of either sign. The result has the peak 1.
 */
final class Room implements WaveformAugmentation {

    private static final UniformRange TILT = new UniformRange(-0.3, 0.4);
    private static final UniformRange ECHO_SECONDS = new UniformRange(0.002, 0.04);
    private static final UniformRange ECHO_GAIN = new UniformRange(-0.3, 0.3);
    private static final int ECHOES = 5;

    @Override
    public Waveform apply(Waveform waveform, RandomGenerator random) {
        int rate = waveform.sampleRate();
        float[] dry = waveform.samples().clone();
        tilt(dry, (float) TILT.draw(random));
        float[] wet = dry.clone();
        for (int echo = 0; echo < ECHOES; echo++) {
            int delay = samples(ECHO_SECONDS.draw(random), rate);
            float gain = (float) ECHO_GAIN.draw(random);
            for (int i = delay; i < wet.length; i++) {
                wet[i] += gain * dry[i - delay];
            }
        }
        scaleToPeak(wet);
        return new Waveform(wet, rate);
    }

    private static int samples(double seconds, int rate) {
        return (int) Math.round(seconds * rate);
    }

    private static void tilt(float[] samples, float coefficient) {
        for (int i = samples.length - 1; i > 0; i--) {
            samples[i] -= coefficient * samples[i - 1];
        }
    }

    private static void scaleToPeak(float[] samples) {
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        if (peak == 0) {
            return;
        }
        for (int i = 0; i < samples.length; i++) {
            samples[i] /= peak;
        }
    }
}
