package io.github.djlctc.examples.speech.augment;

import io.github.djlctc.examples.speech.audio.Waveform;

import java.util.random.RandomGenerator;

/** A random change of sound. */
@FunctionalInterface
public interface WaveformAugmentation {

    /**
     * Changes a sound.
     *
     * @param sound the sound; left as it is
     * @param random decides the change, and nothing else does
     * @return the changed sound, at the same sample rate; its length may differ
     */
    Waveform apply(Waveform sound, RandomGenerator random);
}
