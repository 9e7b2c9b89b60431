package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.speech.audio.SixteenBitPcm;
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
            samples[i] = SixteenBitPcm.step(samples[i]) / Waveform.SIXTEEN_BIT_STEPS;
        }
        return new Waveform(samples, waveform.sampleRate());
    }
}
