package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.FilePart;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioFormatException;
import io.github.djlctc.examples.speech.audio.AudioHeader;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The sound of a file, or of a part of it.
 *
 * @param file the file
 * @param header what its header says
 * @param offset where the part starts, in seconds; 0 for the whole file
 * @param duration how long the part is, in seconds; nothing for all that follows
 */
record SoundFile(Path file, AudioHeader header, double offset, OptionalDouble duration)
        implements Utterance.Source {

    /** Half of the last decimal place of durations that are written in hundredths of a second. */
    private static final double ROUNDING_SECONDS = 0.005;

    /** Reads the header of a file. */
    static SoundFile of(Path file) throws IOException {
        return new SoundFile(file, AudioFiles.checkHeader(file), 0, OptionalDouble.empty());
    }

    /** Reads the header of a file; returns nothing and records why if it cannot be used. */
    static Optional<SoundFile> find(Path file, SkippedSamples skipped) throws IOException {
        try {
            return Optional.of(of(file));
        } catch (AudioFormatException e) {
            skipped.add(file.toString(), e.reason(), e.detail());
            return Optional.empty();
        }
    }

    /** Reads the header of a file that a line names, under which it is recorded otherwise. */
    static Optional<SoundFile> find(Path file, String where, SkippedSamples skipped)
            throws IOException {
        try {
            return Optional.of(of(file));
        } catch (AudioFormatException e) {
            skipped.add(where, e.reason(), file + ": " + e.detail());
            return Optional.empty();
        }
    }

    /**
     * Returns the name of this sound, the same however the path is written: the path of the file
     * without links, and behind {@code @}, unless it is the whole file, offset and duration in
     * seconds.
     */
    String identity() throws IOException {
        Path real = file.toRealPath();
        return isWhole() ? real.toString() : real + "@" + offset + "+" + duration.getAsDouble();
    }

    /** Returns where this sound is in its file, which its identity names. */
    FilePart part(String identity) {
        String real = isWhole() ? identity : identity.substring(0, identity.lastIndexOf('@'));
        double end = offset + duration.orElse(Double.POSITIVE_INFINITY);
        return new FilePart(real, offset, end);
    }

    private boolean isWhole() {
        if (duration.isEmpty()) {
            return true;
        }
        OptionalDouble whole = wholeSeconds();
        return offset == 0
                && whole.isPresent()
                && duration.getAsDouble() > whole.getAsDouble() - ROUNDING_SECONDS;
    }

    @Override
    public OptionalInt sampleRate() {
        return OptionalInt.of(header.sampleRate());
    }

    @Override
    public OptionalDouble seconds() {
        return duration.isEmpty() ? wholeSeconds() : duration;
    }

    private OptionalDouble wholeSeconds() {
        return header.frames().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(header.frames().getAsLong() / (double) header.sampleRate());
    }

    @Override
    public Waveform read() throws IOException {
        return duration.isEmpty()
                ? AudioFiles.read(file)
                : AudioFiles.readPart(file, offset, duration.getAsDouble());
    }
}
