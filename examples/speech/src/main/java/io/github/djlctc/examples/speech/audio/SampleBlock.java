package io.github.djlctc.examples.speech.audio;

import java.util.Arrays;

/** Samples that were decoded together, in memory that is used again for the next ones. */
final class SampleBlock {

    private float[] samples = new float[4096];
    private int first;
    private int end;

    void clear() {
        first = 0;
        end = 0;
    }

    void add(float sample) {
        if (end == samples.length) {
            samples = Arrays.copyOf(samples, 2 * end);
        }
        samples[end++] = sample;
    }

    int size() {
        return end - first;
    }

    void dropFirst(int count) {
        first += count;
    }

    void dropLast(int count) {
        end -= count;
    }

    boolean isEmpty() {
        return first == end;
    }

    /** Moves samples to another array, and returns how many there were. */
    int drain(float[] buffer, int offset, int length) {
        int count = Math.min(length, end - first);
        System.arraycopy(samples, first, buffer, offset, count);
        first += count;
        return count;
    }
}
