package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.augment.WaveformAugmentation;

import java.util.random.RandomGenerator;

/**
 * Rounds samples to multiples of 2<sup>-15</sup> in [-1, 1), as a recording of 16 bits has them.
 */
final class SixteenBits implements WaveformAugmentation {

    @Override
    public Waveform apply(Waveform waveform, RandomGenerator random) {
        float[] samples = waveform.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            int step = Math.round(samples[i] * Waveform.SIXTEEN_BIT_STEPS);
            samples[i] =
                    Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, step))
                            / Waveform.SIXTEEN_BIT_STEPS;
        }
        return new Waveform(samples, waveform.sampleRate());
    }
}
