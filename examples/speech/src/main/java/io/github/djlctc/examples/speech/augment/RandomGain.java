package io.github.djlctc.examples.speech.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.util.random.RandomGenerator;

/**
 * Makes the sound louder or softer by a random gain, but never so loud that a sample leaves [-1,
 * 1].
 */
public final class RandomGain implements WaveformAugmentation {

    private final UniformRange decibels;

    /**
     * Creates the augmentation.
     *
     * @param decibels the gain in dB: the factor on the samples is 10^(dB / 20)
     */
    public RandomGain(UniformRange decibels) {
        this.decibels = decibels;
    }

    @Override
    public Waveform apply(Waveform waveform, RandomGenerator random) {
        float[] samples = waveform.samples().clone();
        double gain = Math.pow(10, decibels.draw(random) / 20);
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        float factor = (float) (gain * peak > 1 ? 1 / peak : gain);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.max(-1, Math.min(1, samples[i] * factor));
        }
        return new Waveform(samples, waveform.sampleRate());
    }
}
