package io.github.djlctc.examples.speech.audio;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Brings sound of any sample rate to one. Thread-safe. */
public final class SampleRateConverter {

    private final int sampleRate;
    private final Map<Integer, Resampler> resamplers = new ConcurrentHashMap<>();

    /**
     * Creates a converter.
     *
     * @param sampleRate the rate of its results, above 0
     */
    public SampleRateConverter(int sampleRate) {
        this.sampleRate = sampleRate;
    }

    /**
     * Resamples a sound.
     *
     * @param sound the sound
     * @return the sound at the converter's rate; the same object if it has that rate
     */
    public Waveform convert(Waveform sound) {
        if (sound.sampleRate() == sampleRate) {
            return sound;
        }
        Resampler resampler =
                resamplers.computeIfAbsent(
                        sound.sampleRate(), rate -> Resampler.between(rate, sampleRate));
        return new Waveform(resampler.resample(sound.samples()), sampleRate);
    }
}
