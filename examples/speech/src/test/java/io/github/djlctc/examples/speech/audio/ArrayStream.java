package io.github.djlctc.examples.speech.audio;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** A stream of known samples, which gives random amounts of them at a time. */
public final class ArrayStream implements AudioStream {

    private final float[] samples;
    private final int sampleRate;
    private final int most;
    private final Random random;
    private int position;
    private boolean closed;

    /** Creates the stream, which gives 1 to {@code most} samples at a time. */
    public ArrayStream(float[] samples, int sampleRate, int most, Random random) {
        this.samples = samples;
        this.sampleRate = sampleRate;
        this.most = most;
        this.random = random;
    }

    /** Reads a stream to its end, by random amounts into an array that has other content too. */
    static float[] readAll(AudioStream stream, int most, Random random) throws IOException {
        float[] all = new float[1024];
        float[] buffer = new float[most + 7];
        int count = 0;
        while (true) {
            int wanted = 1 + random.nextInt(most);
            int read = stream.read(buffer, 7, wanted);
            if (read < 0) {
                return Arrays.copyOf(all, count);
            }
            if (read == 0 || read > wanted) {
                throw new AssertionError(read + " samples of " + wanted);
            }
            while (count + read > all.length) {
                all = Arrays.copyOf(all, 2 * all.length);
            }
            System.arraycopy(buffer, 7, all, count, read);
            count += read;
        }
    }

    int position() {
        return position;
    }

    boolean isClosed() {
        return closed;
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
        int count = Math.min(1 + random.nextInt(most), Math.min(length, samples.length - position));
        System.arraycopy(samples, position, buffer, offset, count);
        position += count;
        return count;
    }

    @Override
    public void close() {
        closed = true;
    }
}
