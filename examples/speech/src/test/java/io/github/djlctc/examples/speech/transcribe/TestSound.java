package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.examples.speech.audio.ArrayStream;
import io.github.djlctc.examples.speech.audio.AudioStream;

import java.util.Arrays;
import java.util.Random;

/** Sound that is put together: noise, and noise in the rhythm of syllables for speech. */
final class TestSound {

    static final int SAMPLE_RATE = 8000;

    private final Random random;
    private float[] samples = {};

    TestSound(long seed) {
        random = new Random(seed);
    }

    /** Adds noise. */
    TestSound add(double seconds, double loudness) {
        return add(seconds, loudness, 0);
    }

    /** Adds noise that is soft for a moment four times a second. */
    TestSound addSpeech(double seconds, double loudness) {
        return add(seconds, loudness, 4);
    }

    private TestSound add(double seconds, double loudness, double rhythm) {
        int from = samples.length;
        samples = Arrays.copyOf(samples, from + (int) Math.round(seconds * SAMPLE_RATE));
        for (int i = from; i < samples.length; i++) {
            double phase = Math.PI * rhythm * (i - from) / SAMPLE_RATE;
            double envelope = rhythm == 0 ? 1 : 0.05 + Math.abs(Math.cos(phase));
            samples[i] = (float) (envelope * loudness * random.nextGaussian());
        }
        return this;
    }

    /** Adds an offset to all samples so far. */
    TestSound shift(float offset) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] += offset;
        }
        return this;
    }

    double seconds() {
        return samples.length / (double) SAMPLE_RATE;
    }

    float[] samples() {
        return samples.clone();
    }

    AudioStream stream() {
        return stream(samples, SAMPLE_RATE);
    }

    /** Returns a stream that gives up to 5,000 samples at a time. */
    static AudioStream stream(float[] samples, int sampleRate) {
        return new ArrayStream(samples, sampleRate, 5000, new Random(1));
    }
}
