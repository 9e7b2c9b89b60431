package io.github.djlctc.examples.speech.audio;

import java.util.Arrays;
import java.util.Objects;

/**
 * Changes the sample rate of sound that comes in parts. However it is divided, the samples are
 * those that {@link Resampler#resample} gives for the whole sound, bit for bit. For one thread at a
 * time.
 */
public final class PushResampler {

    private final Resampler resampler;
    private float[] window;

    /** Where the samples begin that the filter reaches over for the next output sample. */
    private int start;

    private int end;
    private int phase;
    private boolean finished;

    private PushResampler(Resampler resampler) {
        this.resampler = resampler;
        end = resampler.reach(); // of zeros before the first sample
        window = new float[2 * filterLength()];
    }

    /**
     * Returns a resampler between two sample rates.
     *
     * @param inputRate samples per second of the input, above 0
     * @param outputRate samples per second of the output, above 0
     * @return the resampler
     */
    public static PushResampler between(int inputRate, int outputRate) {
        return new PushResampler(Resampler.between(inputRate, outputRate));
    }

    /**
     * Takes the next samples.
     *
     * @param samples holds the samples; not changed
     * @param offset the first
     * @param length how many, 0 or more
     * @return the samples at the new rate that depend on no later ones, maybe none
     * @throws IndexOutOfBoundsException if there are no such samples
     * @throws IllegalStateException after {@link #finish}
     */
    public float[] accept(float[] samples, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, samples.length);
        if (finished) {
            throw new IllegalStateException("the sound is finished; make another resampler");
        }
        if (resampler.isIdentity()) {
            return Arrays.copyOfRange(samples, offset, offset + length);
        }
        append(samples, offset, length);
        return filter(end - filterLength());
    }

    /**
     * Ends the sound. Zeros are assumed behind it.
     *
     * @return the samples that are left
     * @throws IllegalStateException if called again
     */
    public float[] finish() {
        int zeros = resampler.isIdentity() ? 0 : resampler.reach() + 1;
        float[] rest = accept(new float[zeros], 0, zeros);
        finished = true;
        return rest;
    }

    private void append(float[] samples, int offset, int length) {
        int unneeded = Math.min(start, end);
        System.arraycopy(window, unneeded, window, 0, end - unneeded);
        start -= unneeded;
        end -= unneeded;
        if (end + length > window.length) {
            window = Arrays.copyOf(window, end + length);
        }
        System.arraycopy(samples, offset, window, end, length);
        end += length;
    }

    /** Computes the samples whose filter starts at most at a place in the window. */
    private float[] filter(int last) {
        int room = start > last ? 0 : countTo(last);
        float[] output = new float[room];
        int count = 0;
        while (start <= last) {
            output[count] = resampler.filter(phase, window, start);
            count++;
            phase += resampler.stepIn();
            start += phase / resampler.stepOut();
            phase %= resampler.stepOut();
        }
        return output;
    }

    private int countTo(int last) {
        // The m-th sample from here starts at start + (phase + m stepIn) / stepOut, rounded down.
        long behind = (long) (last - start + 1) * resampler.stepOut() - phase;
        return (int) ((behind + resampler.stepIn() - 1) / resampler.stepIn());
    }

    private int filterLength() {
        return 2 * resampler.reach() + 2;
    }
}
