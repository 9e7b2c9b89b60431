package io.github.djlctc.examples.speech.audio;

/**
 * Mono sound.
 *
 * @param samples the samples, nominally in [-1, 1]; not copied, do not change them
 * @param sampleRate samples per second, above 0
 */
public record Waveform(float[] samples, int sampleRate) implements Signal {

    /** Checks the sample rate. */
    public Waveform {
        if (sampleRate <= 0) {
            throw new IllegalArgumentException("the sample rate is " + sampleRate + " Hz");
        }
    }

    /** Returns the duration in seconds. */
    public double seconds() {
        return samples.length / (double) sampleRate;
    }
}
