package io.github.djlctc.examples.speech.augment;

import io.github.djlctc.examples.speech.audio.Waveform;

import java.util.List;
import java.util.random.RandomGenerator;

/** A random change to the sound of an utterance that leaves its words as they are. */
@FunctionalInterface
public interface WaveformAugmentation {

    /**
     * Returns a changed copy of a waveform.
     *
     * @param waveform the sound, of any length; not changed
     * @param random the source of all randomness
     * @return the changed sound, or the given one where there is nothing to change
     */
    Waveform apply(Waveform waveform, RandomGenerator random);

    /**
     * Returns the augmentation that applies others one after the other.
     *
     * @param steps the augmentations, in the order of application
     * @return their composition; the identity if there are none
     */
    static WaveformAugmentation sequence(List<WaveformAugmentation> steps) {
        List<WaveformAugmentation> copy = List.copyOf(steps);
        return (waveform, random) -> {
            Waveform result = waveform;
            for (WaveformAugmentation step : copy) {
                result = step.apply(result, random);
            }
            return result;
        };
    }
}
