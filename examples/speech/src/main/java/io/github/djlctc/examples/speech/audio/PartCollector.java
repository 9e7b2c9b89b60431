package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Keeps the mono samples of the wanted part while a file is decoded. Its memory grows with the
 * samples that arrive, not with the length in the header, which may be false.
 */
final class PartCollector {

    private static final double TOLERATED_SECONDS = 0.1;

    private final Path file;
    private final int sampleRate;
    private final AudioPart part;
    private final long first;
    private final long end;
    private long position;
    private float[] samples = new float[1 << 14];
    private int count;

    PartCollector(Path file, int sampleRate, AudioPart part) throws AudioFormatException {
        this.file = file;
        this.sampleRate = sampleRate;
        this.part = part;
        if (!part.isWhole() && part.durationSeconds() > AudioFiles.MAX_SECONDS) {
            throw tooLong(part.durationSeconds());
        }
        first = Math.round(part.offsetSeconds() * sampleRate);
        end = Math.round((part.offsetSeconds() + part.durationSeconds()) * sampleRate);
    }

    /** Returns the index of the first wanted sample. */
    long first() {
        return first;
    }

    /** Tells the collector that the next sample is that of this index. */
    void startAt(long index) {
        position = index;
    }

    boolean isComplete() {
        return position >= end;
    }

    void add(float sample) throws AudioFormatException {
        if (position >= first && position < end) {
            if (count == samples.length) {
                grow();
            }
            samples[count++] = sample;
        }
        position++;
    }

    private void grow() throws AudioFormatException {
        long limit = (long) AudioFiles.MAX_SECONDS * sampleRate;
        if (count >= limit) {
            throw tooLong(count / (double) sampleRate);
        }
        samples = Arrays.copyOf(samples, (int) Math.min(2L * count, Math.min(limit, 1 << 30)));
        if (samples.length == count) {
            throw tooLong(count / (double) sampleRate);
        }
    }

    /** Returns the wanted samples, after the last one was added. */
    Waveform finish() throws AudioFormatException {
        if (position == 0) {
            throw new AudioFormatException(file, Problem.EMPTY, "it has no samples");
        }
        boolean endsEarly = !part.isWhole() && position < end - TOLERATED_SECONDS * sampleRate;
        if (endsEarly || count == 0) {
            throw new AudioFormatException(
                    file,
                    Problem.OUTSIDE,
                    part
                            + " was asked for, but the file ends at "
                            + position / (double) sampleRate
                            + " s");
        }
        return new Waveform(Arrays.copyOf(samples, count), sampleRate);
    }

    private AudioFormatException tooLong(double seconds) {
        return new AudioFormatException(
                file,
                Problem.TOO_LONG,
                seconds
                        + " s or more, but at most "
                        + AudioFiles.MAX_SECONDS
                        + " s are read; split it");
    }
}
