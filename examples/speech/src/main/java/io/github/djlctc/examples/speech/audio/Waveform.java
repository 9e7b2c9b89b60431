package io.github.djlctc.examples.speech.audio;

/** Mono sound. */
public final class Waveform implements Signal {

    private final float[] samples;
    private final int sampleRate;

    /**
     * Creates a sound.
     *
     * @param samples the samples, nominally in [-1, 1]; not copied
     * @param sampleRate samples per second, above 0
     */
    public Waveform(float[] samples, int sampleRate) {
        if (sampleRate <= 0) {
            throw new IllegalArgumentException("the sample rate is " + sampleRate + " Hz");
        }
        this.samples = samples;
        this.sampleRate = sampleRate;
    }

    /** {@return the samples, nominally in [-1, 1]; not a copy, do not change them} */
    public float[] samples() {
        return samples;
    }

    /** {@return the samples per second, above 0} */
    public int sampleRate() {
        return sampleRate;
    }

    /** {@return the duration in seconds} */
    public double seconds() {
        return samples.length / (double) sampleRate;
    }
}
