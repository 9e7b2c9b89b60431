package io.github.djlctc.examples.speech.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.util.random.RandomGenerator;

/**
 * Adds white or pink noise, the one as often as the other, at a random signal-to-noise ratio.
 *
 * <p>The ratio is that of the mean powers over the whole waveform, pauses included: 10 log10(signal
 * / noise) dB. A waveform without power stays as it is, since no noise has a ratio to it. Samples
 * may leave [-1, 1].
 */
public final class AdditiveNoise implements WaveformAugmentation {

    private final UniformRange decibels;

    /**
     * Creates the augmentation.
     *
     * @param decibels the signal-to-noise ratio in dB
     */
    public AdditiveNoise(UniformRange decibels) {
        this.decibels = decibels;
    }

    @Override
    public Waveform apply(Waveform waveform, RandomGenerator random) {
        float[] signal = waveform.samples();
        Noise kind = random.nextBoolean() ? Noise.PINK : Noise.WHITE;
        double ratio = Math.pow(10, decibels.draw(random) / 10);
        double power = power(signal);
        if (power == 0) {
            return waveform;
        }
        float[] mixed = kind.samples(signal.length, random);
        double scale = Math.sqrt(power / (ratio * power(mixed)));
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (float) (signal[i] + scale * mixed[i]);
        }
        return new Waveform(mixed, waveform.sampleRate());
    }

    /** Returns the mean square, 0 for no samples. */
    private static double power(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return sum / Math.max(samples.length, 1);
    }
}
