package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.FilePart;
import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.AudioFormatException;
import io.github.djlctc.examples.speech.audio.AudioHeader;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The sound of a file, or of a part of it. There may be millions of them, of which many are of one
 * file.
 */
final class SoundFile implements Utterance.Source {

    /** Half of the last decimal place of durations that are written in hundredths of a second. */
    private static final double ROUNDING_SECONDS = 0.005;

    private final String file;
    private final double offset;

    /** In seconds; infinite for all that follows. */
    private final double duration;

    /** The path without links, which the part is of; null if that is not known. */
    private final String recording;

    /** Null as long as it was not read. */
    private AudioHeader header;

    private SoundFile(
            String file, String recording, AudioHeader header, double offset, double duration) {
        this.file = file;
        this.recording = recording;
        this.header = header;
        this.offset = offset;
        this.duration = duration;
    }

    /**
     * Describes a part of a file whose header was not read.
     *
     * @param recording the path without links
     */
    static SoundFile unread(String recording, double offset, double duration) {
        return new SoundFile(recording, recording, null, offset, duration);
    }

    /** Reads the header of a file. */
    static SoundFile of(Path file) throws IOException {
        return new SoundFile(
                file.toString(), null, AudioFiles.checkHeader(file), 0, Double.POSITIVE_INFINITY);
    }

    /**
     * Returns a part of this file.
     *
     * @param seconds where the part starts
     * @param length how long it is, in seconds; infinite for all that follows
     */
    SoundFile part(double seconds, double length) throws IOException {
        String real = Path.of(file).toRealPath().toString();
        return new SoundFile(file, real, header, seconds, length);
    }

    Path file() {
        return Path.of(file);
    }

    /** The header, which was read. */
    AudioHeader header() {
        return header;
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
     * Returns the name of this part, the same however the path is written: the path of the file
     * without links, and behind {@code @}, unless it is the whole file, offset and duration in
     * seconds.
     */
    String identity() {
        return isWhole() ? recording : recording + "@" + offset + "+" + duration;
    }

    private boolean isWhole() {
        if (duration == Double.POSITIVE_INFINITY) {
            return true;
        }
        OptionalDouble whole = wholeSeconds();
        return offset == 0
                && whole.isPresent()
                && duration > whole.getAsDouble() - ROUNDING_SECONDS;
    }

    @Override
    public Optional<FilePart> part() {
        return Optional.ofNullable(recording)
                .map(path -> new FilePart(path, offset, offset + duration));
    }

    @Override
    public Optional<String> version() throws IOException {
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        String part = duration == Double.POSITIVE_INFINITY ? "" : "@" + offset + "+" + duration;
        return Optional.of(
                path.toAbsolutePath()
                        + part
                        + ", "
                        + Files.size(path)
                        + " bytes of "
                        + Files.getLastModifiedTime(path));
    }

    @Override
    public OptionalInt sampleRate() {
        return header == null ? OptionalInt.empty() : OptionalInt.of(header.sampleRate());
    }

    @Override
    public OptionalInt readSampleRate() {
        try {
            if (header == null) {
                header = AudioFiles.checkHeader(Path.of(file));
            }
        } catch (IOException e) {
            // Whoever reads the sound is told.
            return OptionalInt.empty();
        }
        return sampleRate();
    }

    @Override
    public OptionalDouble seconds() {
        return duration == Double.POSITIVE_INFINITY
                ? wholeSeconds()
                : OptionalDouble.of(duration);
    }

    private OptionalDouble wholeSeconds() {
        return header == null || header.frames().isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(header.frames().getAsLong() / (double) header.sampleRate());
    }

    @Override
    public Waveform read() throws IOException {
        Path path = Path.of(file);
        return duration == Double.POSITIVE_INFINITY
                ? AudioFiles.read(path)
                : AudioFiles.readPart(path, offset, duration);
    }
}
