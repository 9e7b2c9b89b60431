package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads audio files: WAV, AIFF, AIFF-C, AU and NIST SPHERE with samples that are not compressed,
 * FLAC, MP3 and the other layers of MPEG audio, Vorbis and Opus in Ogg; and where the program
 * {@code ffmpeg} is on the path, whatever else it reads, such as M4A, AAC, WebM and the sound of
 * videos. A format is known by its content, not by its name, also behind an ID3 tag.
 *
 * <p>Samples may be signed or unsigned integers of 8 to 32 bits, floating point numbers, A-law or
 * mu-law (FLAC: 4 to 24 bits), at 1,000 to 384,000 Hz. Up to 64 channels are averaged to one. Every
 * file is checked: a truncated or corrupt one gives an {@link AudioFormatException}, never silence.
 * WAV files whose header was written before the length was known (data size 2 GiB or more) are read
 * up to their end.
 */
public final class AudioFiles {

    /** The longest sound that is read as a whole, in seconds: 2 hours. Streams have no limit. */
    public static final int MAX_SECONDS = 2 * 60 * 60;

    /** The formats that are read without another program, for messages. */
    static final String FORMATS = "WAV, AIFF, AU, SPHERE, FLAC, MP3, Ogg Vorbis nor Opus";

    private static final Set<String> EXTENSIONS =
            Set.of(
                    "wav", "aif", "aiff", "aifc", "au", "snd", "sph", "nist", "flac", "mp3", "mp2",
                    "mpga", "ogg", "oga", "opus");

    private static final Set<String> FFMPEG_EXTENSIONS =
            Set.of(
                    "aac", "ac3", "amr", "ape", "avi", "caf", "flv", "m4a", "m4b", "m4v", "mka",
                    "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "spx", "ts", "w64", "webm", "wma",
                    "wmv", "wv", "3gp");

    private static final int BUFFER_BYTES = 1 << 16;

    private AudioFiles() {}

    /**
     * Returns what the names of audio files end with, to find them in folders.
     *
     * @return the endings, in lower case, without the dot: those of the formats that are always
     *     read, and if {@code ffmpeg} is on the path, those of usual formats that it reads
     */
    public static Set<String> extensions() {
        if (!FfmpegInput.isThere()) {
            return EXTENSIONS;
        }
        Set<String> all = new TreeSet<>(EXTENSIONS);
        all.addAll(FFMPEG_EXTENSIONS);
        return all;
    }

    /**
     * Reads a file as a whole.
     *
     * @param file the audio file
     * @return its sound, at the file's own sample rate
     * @throws AudioFormatException if the file is missing, empty, truncated, corrupt, too long or
     *     of another format
     * @throws IOException if reading fails
     */
    public static Waveform read(Path file) throws IOException {
        return read(file, open(file), AudioPart.WHOLE);
    }

    /**
     * Reads the content of a file that was sent, for example.
     *
     * @param content all bytes of the file; not kept
     * @param name what errors call it
     * @return its sound, at its own sample rate
     * @throws AudioFormatException as for {@link #read(Path)}
     * @throws IOException if reading fails
     */
    public static Waveform read(byte[] content, Path name) throws IOException {
        InputStream in = new ByteArrayInputStream(content);
        AudioContent source = new AudioContent(name, in, content.length, Optional.empty());
        return read(name, open(source), AudioPart.WHOLE);
    }

    /**
     * Reads a part of a file. A part that ends up to 0.1 s behind the file is cut there, since
     * manifests round.
     *
     * @param file the audio file
     * @param offsetSeconds where the part starts, 0 or more
     * @param durationSeconds how long it is, above 0
     * @return the part's sound, at the file's own sample rate
     * @throws AudioFormatException if the file cannot be used, or the part is not inside it
     * @throws IOException if reading fails
     */
    public static Waveform readPart(Path file, double offsetSeconds, double durationSeconds)
            throws IOException {
        AudioPart part = new AudioPart(offsetSeconds, durationSeconds);
        return read(file, open(file), part);
    }

    /**
     * Reads a file's header only: finds files that are missing, empty, of another format, or,
     * unless compressed, truncated.
     *
     * @param file the audio file
     * @return what the header says
     * @throws AudioFormatException if the file cannot be used
     * @throws IOException if reading fails
     */
    public static AudioHeader checkHeader(Path file) throws IOException {
        try (DecodedStream stream = open(file)) {
            return stream.header();
        }
    }

    /**
     * Opens a file of any length, to be decoded while it is read. What is wrong behind the header
     * is found when the reader gets there: truncation, damage and wrong checksums at the end at the
     * latest, with the same errors as those of {@link #read(Path)}.
     *
     * @param file the audio file
     * @return its sound, at the file's own sample rate; the caller closes it
     * @throws AudioFormatException if the file is missing or empty, or its header cannot be used
     * @throws IOException if reading fails
     */
    public static AudioStream stream(Path file) throws IOException {
        return open(file);
    }

    /**
     * Opens the content of a file of any length that arrives in a stream, such as a request's.
     *
     * @param in the content; closed with the result, or if this fails
     * @param name what errors call it
     * @return its sound, as {@link #stream(Path)} gives it
     * @throws AudioFormatException if the content is empty, or its header cannot be used
     * @throws IOException if reading fails
     */
    public static AudioStream stream(InputStream in, Path name) throws IOException {
        InputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
        return open(new AudioContent(name, buffered, Long.MAX_VALUE, Optional.empty()));
    }

    private static Waveform read(Path file, DecodedStream stream, AudioPart part)
            throws IOException {
        try (stream) {
            return new PartCollector(file, stream.sampleRate(), part).collect(stream);
        }
    }

    private static DecodedStream open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            String detail =
                    Files.exists(file) ? "it is not a regular file" : "there is no such file";
            throw new AudioFormatException(file, Problem.MISSING, detail);
        }
        long bytes = Files.size(file);
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        return open(new AudioContent(file, in, bytes, Optional.of(file)));
    }

    /** Opens content, and closes it if that fails. */
    private static DecodedStream open(AudioContent content) throws IOException {
        try {
            return new DecodedStream(content.name(), AudioFormats.open(content));
        } catch (IOException | RuntimeException e) {
            content.in().close();
            throw e;
        }
    }
}
