package io.github.djlctc.examples.speech.transcribe;

import io.github.djlctc.examples.speech.audio.AudioStream;

import java.util.Random;

/** Samples as a stream, which gives random amounts of them at a time. */
final class TestStream implements AudioStream {

    private final float[] samples;
    private final int sampleRate;
    private final Random random;
    private int position;

    TestStream(float[] samples, int sampleRate, long seed) {
        this.samples = samples;
        this.sampleRate = sampleRate;
        random = new Random(seed);
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int read(float[] buffer, int offset, int length) {
        if (position == samples.length) {
            return -1;
        }
        int count = Math.min(1 + random.nextInt(5000), Math.min(length, samples.length - position));
        System.arraycopy(samples, position, buffer, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() {}
}
