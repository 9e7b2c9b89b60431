package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads audio files: what Java Sound reads (WAV, AIFF, AU), all forms of AIFF-C that are not
 * compressed, and FLAC, also behind an ID3 tag.
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

    private static final int BUFFER_BYTES = 1 << 16;

    private AudioFiles() {}

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
        return read(name, open(name, in, content.length), AudioPart.WHOLE);
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
        return open(name, new BufferedInputStream(in, BUFFER_BYTES), Long.MAX_VALUE);
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
        return open(file, in, bytes);
    }

    /**
     * Opens a stream that can be marked, and closes it if that fails.
     *
     * @param bytes how many there are at most
     */
    private static DecodedStream open(Path file, InputStream in, long bytes) throws IOException {
        try {
            if (isAtEnd(in)) {
                throw new AudioFormatException(file, Problem.EMPTY, "it has 0 bytes");
            }
            long tag = skipTag(file, in);
            AudioDecoder decoder =
                    FlacHeader.startsHere(in)
                            ? new FlacDecoder(file, in)
                            : new PcmDecoder(file, in, bytes - tag);
            return new DecodedStream(file, decoder);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static boolean isAtEnd(InputStream in) throws IOException {
        in.mark(1);
        boolean ended = in.read() < 0;
        in.reset();
        return ended;
    }

    private static long skipTag(Path file, InputStream in) throws IOException {
        try {
            return Id3Tag.skip(in);
        } catch (EOFException e) {
            throw new AudioFormatException(
                    file, Problem.TRUNCATED, "it ends inside its ID3 tag", e);
        }
    }
}
