package io.github.djlctc.examples.speech.audio;

import java.io.IOException;
import java.util.Objects;

/**
 * A stream of sound at another sample rate. However it is read, its samples are those that {@link
 * Resampler#resample} gives for the whole sound, bit for bit.
 *
 * <p>A sample is given as soon as those are there that the filter reaches over: 27 samples of the
 * lower rate behind it, 1.7 ms at 16 kHz.
 */
public final class ResampledStream implements AudioStream {

    private static final int BLOCK_SAMPLES = 4096;

    private final AudioStream source;
    private final PushResampler resampler;
    private final int sampleRate;
    private final float[] block = new float[BLOCK_SAMPLES];
    private float[] resampled = new float[0];
    private int given;
    private boolean ended;

    private ResampledStream(AudioStream source, int sampleRate) {
        this.source = source;
        this.sampleRate = sampleRate;
        resampler = PushResampler.between(source.sampleRate(), sampleRate);
    }

    /**
     * Returns a stream at a sample rate.
     *
     * @param source the sound; closed with the result
     * @param sampleRate the wanted samples per second, above 0
     * @return the sound at that rate; the source itself if it has it
     */
    public static AudioStream of(AudioStream source, int sampleRate) {
        return source.sampleRate() == sampleRate ? source : new ResampledStream(source, sampleRate);
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int read(float[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            throw new IllegalArgumentException("1 sample or more has to be asked for");
        }
        while (given == resampled.length) {
            if (ended) {
                return -1;
            }
            fill(length);
        }
        int count = Math.min(length, resampled.length - given);
        System.arraycopy(resampled, given, buffer, offset, count);
        given += count;
        return count;
    }

    /** Resamples the next of the source: no more than are wanted, since it may be a microphone. */
    private void fill(int wanted) throws IOException {
        long enough = (long) wanted * source.sampleRate() / sampleRate + 1;
        int read = source.read(block, 0, (int) Math.min(enough, block.length));
        ended = read < 0;
        resampled = ended ? resampler.finish() : resampler.accept(block, 0, read);
        given = 0;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
