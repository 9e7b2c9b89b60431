package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Keeps the mono samples of the wanted part while a file is decoded. Its memory grows with the
 * samples that arrive, not with the length in the header, which may be false.
 */
final class PartCollector {

    private static final double TOLERATED_SECONDS = 0.1;
    private static final int BLOCK_SAMPLES = 4096;

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

    /** Reads a stream up to the end of the part, or its own. */
    Waveform collect(DecodedStream stream) throws IOException {
        position = stream.skip(first);
        float[] block = new float[BLOCK_SAMPLES];
        while (position < end) {
            int read = stream.read(block, 0, block.length);
            if (read < 0) {
                break;
            }
            add(block, read);
        }
        return finish();
    }

    private void add(float[] block, int size) throws AudioFormatException {
        int from = (int) Math.min(size, Math.max(0, first - position));
        int to = (int) Math.min(size, Math.max(0, end - position));
        while (samples.length - count < to - from) {
            grow();
        }
        System.arraycopy(block, from, samples, count, to - from);
        count += to - from;
        position += size;
    }

    private void grow() throws AudioFormatException {
        long limit = (long) AudioFiles.MAX_SECONDS * sampleRate;
        int length = (int) Math.min(2L * samples.length, Math.min(limit, 1 << 30));
        if (length <= samples.length) {
            throw tooLong(samples.length / (double) sampleRate);
        }
        samples = Arrays.copyOf(samples, length);
    }

    private Waveform finish() throws AudioFormatException {
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
