package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;

/**
 * The header of an AIFF-C file. Java Sound knows one of its forms of uncompressed samples only, and
 * not the little-endian one, which Apple's programs write.
 */
final class AifcHeader {

    private static final int START_BYTES = 12;
    private static final int COMMON_BYTES = 22;

    /** The exponent of 1 in an 80-bit number, and the bits behind the point of its mantissa. */
    private static final int EXPONENT_BIAS = 16383 + 63;

    private final Path file;
    private final AudioFormat format;
    private final long frames;

    private AifcHeader(Path file, DataInputStream common) throws IOException {
        this.file = file;
        int channels = common.readUnsignedShort();
        frames = Integer.toUnsignedLong(common.readInt());
        int bits = common.readUnsignedShort();
        int exponent = common.readUnsignedShort();
        long mantissa = common.readLong();
        double rate = Math.scalb((double) (mantissa >>> 1) * 2, exponent - EXPONENT_BIAS);
        String form = new String(common.readNBytes(4), StandardCharsets.ISO_8859_1);
        AudioLimits.checkChannels(file, channels);
        if (bits < 1 || bits > 64) {
            throw corrupt("its samples have " + bits + " bits");
        }
        format = format(form, (float) rate, bits, channels);
    }

    private AudioFormat format(String form, float rate, int bits, int channels)
            throws AudioFormatException {
        return switch (form) {
            case "NONE", "twos", "in24", "in32" ->
                    format(Encoding.PCM_SIGNED, rate, bits, channels, true);
            case "sowt" -> format(Encoding.PCM_SIGNED, rate, bits, channels, false);
            case "raw " -> format(Encoding.PCM_UNSIGNED, rate, bits, channels, true);
            case "fl32", "FL32" -> format(Encoding.PCM_FLOAT, rate, 32, channels, true);
            case "fl64", "FL64" -> format(Encoding.PCM_FLOAT, rate, 64, channels, true);
            case "ulaw", "ULAW" -> format(Encoding.ULAW, rate, 8, channels, true);
            case "alaw", "ALAW" -> format(Encoding.ALAW, rate, 8, channels, true);
            default ->
                    throw new AudioFormatException(
                            file,
                            Problem.UNSUPPORTED,
                            "its samples are compressed as \""
                                    + form
                                    + "\"; convert it to 16-bit PCM, for example with sox");
        };
    }

    private static AudioFormat format(
            Encoding encoding, float rate, int bits, int channels, boolean bigEndian) {
        int bytes = (bits + 7) / 8;
        return new AudioFormat(
                encoding, rate, 8 * bytes, channels, bytes * channels, rate, bigEndian);
    }

    static boolean startsHere(InputStream in) throws IOException {
        String text = FirstBytes.text(in, START_BYTES);
        return text.startsWith("FORM") && text.endsWith("AIFC");
    }

    /** Reads up to the first sample. */
    static AudioInputStream open(Path file, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            data.skipNBytes(START_BYTES);
            AifcHeader header = null;
            while (true) {
                String chunk = new String(data.readNBytes(4), StandardCharsets.ISO_8859_1);
                long bytes = Integer.toUnsignedLong(data.readInt());
                if (chunk.equals("SSND")) {
                    return sound(file, header, data, bytes);
                }
                if (chunk.equals("COMM") && bytes >= COMMON_BYTES) {
                    header = new AifcHeader(file, data);
                    bytes -= COMMON_BYTES;
                }
                data.skipNBytes(bytes + bytes % 2);
            }
        } catch (EOFException e) {
            throw new AudioFormatException(
                    file, Problem.TRUNCATED, "it ends before its samples", e);
        }
    }

    private static AudioInputStream sound(
            Path file, AifcHeader header, DataInputStream data, long bytes) throws IOException {
        if (header == null) {
            throw new AudioFormatException(
                    file, Problem.CORRUPT, "its samples come before their description");
        }
        long offset = Integer.toUnsignedLong(data.readInt());
        data.readInt();
        long present = (bytes - 8 - offset) / header.format.getFrameSize();
        if (present < header.frames) {
            throw header.corrupt(
                    "its description gives "
                            + header.frames
                            + " samples, but its sound chunk has "
                            + Math.max(0, present));
        }
        data.skipNBytes(offset);
        return new AudioInputStream(data, header.format, header.frames);
    }

    private AudioFormatException corrupt(String detail) {
        return new AudioFormatException(file, Problem.CORRUPT, detail);
    }
}
