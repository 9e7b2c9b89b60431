package io.github.djlctc.examples.speech.audio;

import java.io.IOException;
import java.util.Arrays;
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
    private final Resampler resampler;
    private final int sampleRate;

    /** The samples of the source that are still needed. */
    private final float[] window;

    /** Where the samples begin that the filter reaches over for the next output sample. */
    private int start;

    private int end;
    private int phase;

    /** How many samples at the end of the window are zeros behind the end of the source. */
    private int zeros;

    private boolean ended;

    private ResampledStream(AudioStream source, Resampler resampler, int sampleRate) {
        this.source = source;
        this.resampler = resampler;
        this.sampleRate = sampleRate;
        end = resampler.reach(); // of zeros before the first sample
        window =
                new float
                        [2 * filterLength()
                                + resampler.stepIn() / resampler.stepOut()
                                + BLOCK_SAMPLES];
    }

    /**
     * Returns a stream at a sample rate.
     *
     * @param source the sound; closed with the result
     * @param sampleRate the wanted samples per second, above 0
     * @return the sound at that rate; the source itself if it has it
     */
    public static AudioStream of(AudioStream source, int sampleRate) {
        Resampler resampler = Resampler.between(source.sampleRate(), sampleRate);
        return resampler.isIdentity() ? source : new ResampledStream(source, resampler, sampleRate);
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
        int count = filter(buffer, offset, length);
        while (count == 0 && !ended) {
            fill();
            count = filter(buffer, offset, length);
        }
        return count == 0 ? -1 : count;
    }

    /** Computes what the window allows, and returns how many samples that are. */
    private int filter(float[] buffer, int offset, int length) {
        int last = ended ? end - zeros - resampler.reach() - 1 : end - filterLength();
        int count = 0;
        while (count < length && start <= last) {
            buffer[offset + count] = resampler.filter(phase, window, start);
            count++;
            phase += resampler.stepIn();
            start += phase / resampler.stepOut();
            phase %= resampler.stepOut();
        }
        return count;
    }

    private void fill() throws IOException {
        int unneeded = Math.min(start, end);
        System.arraycopy(window, unneeded, window, 0, end - unneeded);
        start -= unneeded;
        end -= unneeded;
        int read = source.read(window, end, window.length - filterLength() - end);
        if (read < 0) {
            ended = true;
            zeros = resampler.reach() + 1;
            Arrays.fill(window, end, end + zeros, 0);
            end += zeros;
        } else {
            end += read;
        }
    }

    private int filterLength() {
        return 2 * resampler.reach() + 2;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
