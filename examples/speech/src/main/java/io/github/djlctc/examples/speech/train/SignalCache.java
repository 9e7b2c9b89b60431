package io.github.djlctc.examples.speech.train;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;
import io.github.djlctc.examples.speech.corpus.Utterance;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps signals in memory up to a limit; what does not fit is read again each time.
 *
 * <p>Sound is kept in 16 bits, half of what float would take: relative to its peak, or to 1 if that
 * is lower.
 */
public final class SignalCache {

    private static final float SCALE = Short.MAX_VALUE;

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Creates an empty cache.
     *
     * @param maxBytes how much it may keep
     */
    public SignalCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    Utterance.Source keep(Signal signal, Utterance.Source source) {
        long size =
                signal instanceof Waveform waveform
                        ? 2L * waveform.samples().length
                        : 4L * ((FeatureMatrix) signal).values().length;
        if (bytes.addAndGet(size) > maxBytes) {
            bytes.addAndGet(-size);
            return source;
        }
        return signal instanceof Waveform waveform ? compact(waveform) : () -> signal;
    }

    private static Utterance.Source compact(Waveform waveform) {
        // Files of floating point numbers may be louder than 1: nothing is clipped.
        float level = Math.max(1, peak(waveform));
        short[] samples = new short[waveform.samples().length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(waveform.samples()[i] / level * SCALE);
        }
        int sampleRate = waveform.sampleRate();
        return () -> expand(samples, level, sampleRate);
    }

    private static float peak(Waveform waveform) {
        float peak = 0;
        for (float sample : waveform.samples()) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    private static Waveform expand(short[] samples, float level, int sampleRate) {
        float[] values = new float[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples[i] / SCALE * level;
        }
        return new Waveform(values, sampleRate);
    }
}
