package io.github.djlctc.examples.speech.live;

import java.util.Arrays;

/** The latest samples of a stream, under their numbers from its start. */
final class SoundBuffer {

    private float[] samples = new float[1 << 14];
    private long first;
    private int size;

    /** Returns the number of the sample that comes next. */
    long end() {
        return first + size;
    }

    /** Returns the number of the first sample that is kept. */
    long first() {
        return first;
    }

    void add(float sample) {
        if (size == samples.length) {
            samples = Arrays.copyOf(samples, 2 * size);
        }
        samples[size] = sample;
        size++;
    }

    /** Forgets the samples before one. */
    void forgetBefore(long number) {
        int count = (int) Math.min(size, Math.max(0, number - first));
        System.arraycopy(samples, count, samples, 0, size - count);
        first += count;
        size -= count;
    }

    /** Copies the samples from one number to before another, as far as they are kept. */
    float[] copy(long from, long to) {
        int start = (int) Math.max(0, from - first);
        int end = (int) Math.min(size, to - first);
        return Arrays.copyOfRange(samples, start, Math.max(start, end));
    }

    /** Finds the middle of the quietest stretch of some samples that starts at or after one. */
    long quietest(long from, int length) {
        int start = (int) Math.max(0, from - first);
        double energy = 0;
        double least = Double.POSITIVE_INFINITY;
        int best = start;
        for (int i = start; i < size; i++) {
            energy += (double) samples[i] * samples[i];
            if (i >= start + length) {
                energy -= (double) samples[i - length] * samples[i - length];
            }
            if (i >= start + length - 1 && energy < least) {
                least = energy;
                best = i - length / 2;
            }
        }
        return first + best;
    }
}
