package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;

/**
 * The header of a NIST SPHERE file: {@code NIST_1A}, its own length, and a line for each field:
 * name, type and value.
 */
final class SphereHeader {

    private static final String MAGIC = "NIST_1A\n";
    private static final int START_BYTES = 16;
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private final Map<String, String> fields = new HashMap<>();

    private SphereHeader(Path file, String text) {
        this.file = file;
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split("\\s+", 3);
            if (words[0].equals("end_head")) {
                break;
            }
            if (words.length == 3) {
                fields.put(words[0], words[2]);
            }
        }
    }

    static boolean startsHere(InputStream in) throws IOException {
        return FirstBytes.text(in, MAGIC.length()).equals(MAGIC);
    }

    /** Reads up to the first sample. */
    static AudioInputStream open(Path file, InputStream in) throws IOException {
        String start = new String(in.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
        int bytes;
        try {
            bytes = Integer.parseInt(start.substring(MAGIC.length()).strip());
        } catch (NumberFormatException e) {
            throw new AudioFormatException(
                    file, Problem.CORRUPT, "its second line is not the length of its header", e);
        }
        if (bytes < START_BYTES || bytes > MAX_BYTES) {
            throw new AudioFormatException(
                    file, Problem.CORRUPT, "its header has " + bytes + " bytes");
        }
        byte[] rest = in.readNBytes(bytes - START_BYTES);
        if (rest.length < bytes - START_BYTES) {
            throw new AudioFormatException(file, Problem.TRUNCATED, "it ends inside its header");
        }
        SphereHeader header = new SphereHeader(file, new String(rest, StandardCharsets.ISO_8859_1));
        return new AudioInputStream(in, header.format(), header.frames());
    }

    private AudioFormat format() throws AudioFormatException {
        int rate = number("sample_rate");
        int channels = fields.containsKey("channel_count") ? number("channel_count") : 1;
        String coding = fields.getOrDefault("sample_coding", "pcm");
        AudioLimits.checkChannels(file, channels);
        boolean coded = coding.equals("ulaw") || coding.equals("alaw");
        int bytes = coded ? 1 : number("sample_n_bytes");
        if (!coded && !coding.equals("pcm")) {
            throw unsupported(
                    "its samples are coded as \""
                            + coding
                            + "\"; convert it to plain PCM, for example with NIST's w_decode, or"
                            + " sph2pipe");
        }
        if (bytes < 1 || bytes > 4) {
            throw unsupported("its samples have " + bytes + " bytes, not 1 to 4");
        }
        Encoding encoding =
                coding.equals("ulaw") ? Encoding.ULAW : coded ? Encoding.ALAW : Encoding.PCM_SIGNED;
        return new AudioFormat(
                encoding, rate, 8 * bytes, channels, bytes * channels, rate, isBigEndian(bytes));
    }

    /** The order of the bytes of a sample is written as their numbers, the lowest being 0. */
    private boolean isBigEndian(int bytes) throws AudioFormatException {
        if (bytes == 1) {
            return true;
        }
        String order = fields.getOrDefault("sample_byte_format", "");
        String little = "0123".substring(0, bytes);
        if (order.equals(little)) {
            return false;
        }
        if (!order.contentEquals(new StringBuilder(little).reverse())) {
            throw unsupported("its sample_byte_format is \"" + order + "\"");
        }
        return true;
    }

    private long frames() throws AudioFormatException {
        return fields.containsKey("sample_count") ? number("sample_count") : -1;
    }

    private int number(String field) throws AudioFormatException {
        String value = fields.get(field);
        try {
            if (value != null && Integer.parseInt(value) >= 0) {
                return Integer.parseInt(value);
            }
        } catch (NumberFormatException e) {
            throw corrupt(field, value, e);
        }
        throw corrupt(field, value, null);
    }

    private AudioFormatException corrupt(String field, String value, Throwable cause) {
        return new AudioFormatException(
                file,
                Problem.CORRUPT,
                value == null
                        ? "its header has no " + field
                        : "its " + field + " is \"" + value + "\"",
                cause);
    }

    private AudioFormatException unsupported(String detail) {
        return new AudioFormatException(file, Problem.UNSUPPORTED, detail);
    }
}
