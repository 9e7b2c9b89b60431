package io.github.djlctc.examples.speech.feature;

import java.util.Arrays;

/**
 * The log-mel features of sound that arrives in parts: those that {@link LogMelFilterbank} makes of
 * all of it, but for rounding, each as soon as the sound that it depends on is there.
 *
 * <p>Keeps no more of the sound than frames to come depend on. For one thread at a time.
 */
public final class LogMelStream {

    private final LogMelFilterbank filterbank;

    /** The samples from the first that the next frame may depend on. */
    private float[] kept;

    private int length;
    private long samples;
    private long frames;
    private boolean finished;

    LogMelStream(LogMelFilterbank filterbank) {
        this.filterbank = filterbank;
        kept = new float[2 * filterbank.fftSize()];
        // The first frame is centred on the first sample.
        length = filterbank.fftSize() / 2;
    }

    /**
     * Takes the next samples, all of them or, if one is refused, none.
     *
     * @param sound holds the samples, at the rate of the filterbank
     * @param offset the first
     * @param count how many, 0 or more
     * @return the frames that are complete with them, one after another; maybe none
     * @throws UnsuitableSignalException if a sample is not finite or beyond 1e12; the message has
     *     its number in the whole sound
     * @throws IllegalStateException after {@link #finish}
     */
    public float[] accept(float[] sound, int offset, int count) {
        requireUnfinished();
        check(sound, offset, count);
        reserve(length + count);
        System.arraycopy(sound, offset, kept, length, count);
        length += count;
        samples += count;
        long complete = Math.floorDiv(samples - filterbank.reach(), filterbank.hopLength()) + 1;
        return take(Math.max(frames, complete));
    }

    /**
     * Checks the next samples as {@link #accept} does, and takes none.
     *
     * @param sound holds the samples
     * @param offset the first
     * @param count how many, 0 or more
     * @throws UnsuitableSignalException as for {@link #accept}
     */
    public void check(float[] sound, int offset, int count) {
        LogMelFilterbank.checkSamples(sound, offset, count, samples);
    }

    /**
     * Ends the sound, after which there are zeros.
     *
     * @return the rest of the frames; none if there was no sample
     * @throws IllegalStateException if called again
     */
    public float[] finish() {
        requireUnfinished();
        finished = true;
        return samples == 0 ? new float[0] : take(1 + samples / filterbank.hopLength());
    }

    private void requireUnfinished() {
        if (finished) {
            throw new IllegalStateException("the sound is finished; open another stream");
        }
    }

    /** Returns the frames up to, but not including, one. */
    private float[] take(long end) {
        int count = Math.toIntExact(end - frames);
        if (count == 0) {
            return new float[0];
        }
        int hop = filterbank.hopLength();
        // Where a window weighs samples by 0, they may still be to come.
        int needed = (count - 1) * hop + filterbank.fftSize();
        reserve(needed);
        Arrays.fill(kept, length, Math.max(length, needed), 0);
        float[] features = filterbank.windows(Arrays.copyOf(kept, needed));
        frames = end;
        int passed = Math.min(length, count * hop);
        System.arraycopy(kept, passed, kept, 0, length - passed);
        length -= passed;
        return features;
    }

    private void reserve(int size) {
        if (size > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(size, 2 * kept.length));
        }
    }
}
