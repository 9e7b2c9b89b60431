package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;

/**
 * Keeps signals in memory up to a limit; what does not fit is read again each time.
 *
 * <p>What it returns equals what it was given. Sound that was recorded in 16 bits is kept in 16
 * bits, half of what float takes.
 */
public final class SignalCache {

    private final MemoryBudget budget;

    /**
     * Creates an empty cache.
     *
     * @param budget how much it may keep
     */
    public SignalCache(MemoryBudget budget) {
        this.budget = budget;
    }

    Utterance.Source keep(Signal signal, Utterance.Source source) {
        if (signal instanceof FeatureMatrix features) {
            return keep(4L * features.values().length, () -> signal, source);
        }
        Waveform waveform = (Waveform) signal;
        long length = waveform.samples().length;
        if (!has16Bits(waveform)) {
            return keep(4 * length, () -> signal, source);
        }
        short[] samples = new short[waveform.samples().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (waveform.samples()[i] * Waveform.SIXTEEN_BIT_STEPS);
        }
        int sampleRate = waveform.sampleRate();
        return keep(2 * length, () -> expand(samples, sampleRate), source);
    }

    private Utterance.Source keep(long size, Utterance.Source kept, Utterance.Source source) {
        return budget.reserve(size) ? kept : source;
    }

    private static boolean has16Bits(Waveform waveform) {
        for (float sample : waveform.samples()) {
            float step = sample * Waveform.SIXTEEN_BIT_STEPS;
            if (step != (short) step) {
                return false;
            }
        }
        return true;
    }

    private static Waveform expand(short[] samples, int sampleRate) {
        float[] values = new float[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples[i] / Waveform.SIXTEEN_BIT_STEPS;
        }
        return new Waveform(values, sampleRate);
    }
}
