package io.github.djlctc.examples.speech.audio;

/** Mono sound. */
public final class Waveform implements Signal {

    /** The steps of 16-bit sound in a sample of 1: such sound has values from -1 to 1 - 1/32768. */
    public static final float SIXTEEN_BIT_STEPS = 32768;

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
