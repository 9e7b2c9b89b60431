package io.github.djlctc.examples.speech.augment;

import io.github.djlctc.examples.common.random.ViewRandom;
import io.github.djlctc.examples.speech.audio.Resampler;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Plays the sound at a random one of some speeds, pitch and formants included: Ko et al., Audio
 * Augmentation for Speech Recognition, Interspeech 2015, section 2.
 */
public final class SpeedPerturbation implements WaveformAugmentation {

    private final List<Resampler> speeds;

    /**
     * Creates the augmentation.
     *
     * @param factors the speeds, at least one, each from 0.1 to 10 and drawn as often as any other;
     *     1.1 shortens the sound to 1/1.1 of its duration. The paper's are 0.9, 1 and 1.1.
     * @throws IllegalArgumentException if there is no speed, or one is out of range
     */
    public SpeedPerturbation(double... factors) {
        if (factors.length == 0) {
            throw new IllegalArgumentException("speed perturbation needs at least one speed");
        }
        speeds = Arrays.stream(factors).mapToObj(Resampler::speed).toList();
    }

    @Override
    public Waveform apply(Waveform waveform, RandomGenerator random) {
        RandomGenerator shared = ViewRandom.shared(random);
        Resampler speed = speeds.get(shared.nextInt(speeds.size()));
        return new Waveform(speed.resample(waveform.samples()), waveform.sampleRate());
    }
}
