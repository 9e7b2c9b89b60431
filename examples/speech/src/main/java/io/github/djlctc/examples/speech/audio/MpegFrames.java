package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The frames of MPEG audio, each behind the other without a gap. JLayer searches for the next frame
 * where there is damage, and drops what it passes; here, that is an error.
 */
final class MpegFrames {

    /** What programs write behind the last frame. */
    private static final List<String> TAGS = List.of("TAG", "APET", "LYRI", "ID3");

    private final Path file;
    private final InputStream in;
    private final byte[] frame = new byte[MpegFrameHeader.MAX_FRAME_BYTES];
    private MpegFrameHeader header;
    private long position;
    private long count;
    private boolean ended;

    MpegFrames(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** Tells whether two frames follow here, or a file that ends within the first or behind it. */
    static boolean startHere(InputStream in) throws IOException {
        int most = MpegFrameHeader.MAX_FRAME_BYTES + MpegFrameHeader.BYTES;
        byte[] start = FirstBytes.of(in, most);
        if (start.length < MpegFrameHeader.BYTES) {
            return false;
        }
        Optional<MpegFrameHeader> first = MpegFrameHeader.of(start, 0);
        if (first.isEmpty() || first.get().bytes() == 0) {
            return false;
        }
        int next = first.get().bytes();
        return next + MpegFrameHeader.BYTES > start.length
                || isTag(start, next)
                || MpegFrameHeader.of(start, next).filter(first.get()::isLike).isPresent();
    }

    /** Reads the next frame, and returns whether there was one. */
    boolean next() throws IOException {
        ended = ended || !read();
        return !ended;
    }

    private boolean read() throws IOException {
        int read = in.readNBytes(frame, 0, MpegFrameHeader.BYTES);
        if (read == 0 || (read == MpegFrameHeader.BYTES && isTag(frame, 0))) {
            return false;
        }
        if (isZero(read)) {
            return checkPadding();
        }
        if (read < MpegFrameHeader.BYTES) {
            throw truncated(MpegFrameHeader.BYTES, read);
        }
        header = checked(MpegFrameHeader.of(frame, 0));
        int rest = header.bytes() - MpegFrameHeader.BYTES;
        int present = in.readNBytes(frame, MpegFrameHeader.BYTES, rest);
        if (present < rest) {
            throw truncated(header.bytes(), MpegFrameHeader.BYTES + present);
        }
        checkSum();
        position += header.bytes();
        count++;
        return true;
    }

    private MpegFrameHeader checked(Optional<MpegFrameHeader> next) throws AudioFormatException {
        if (next.isEmpty()) {
            throw corrupt("no frame follows at byte " + position + " of its sound");
        }
        if (next.get().bytes() == 0) {
            throw new AudioFormatException(
                    file,
                    Problem.UNSUPPORTED,
                    "its frames have a free bit rate; convert it, for example with ffmpeg");
        }
        if (header != null && !header.isLike(next.get())) {
            throw corrupt(
                    "layer, sample rate or channels change at byte " + position + " of its sound");
        }
        return next.get();
    }

    /** The checksum covers the second half of the header, and in layer III what follows it. */
    private void checkSum() throws AudioFormatException {
        int start = MpegFrameHeader.BYTES;
        if (!header.isProtected() || header.layer() != 3) {
            return;
        }
        int sum = crc(crc(0xFFFF, 2, 4), start + 2, start + 2 + header.sideBytes());
        if (sum != ((frame[start] & 0xFF) << 8 | (frame[start + 1] & 0xFF))) {
            throw corrupt("a checksum is wrong at byte " + position + " of its sound");
        }
    }

    private int crc(int start, int from, int to) {
        int crc = start;
        for (int i = from; i < to; i++) {
            for (int bit = 7; bit >= 0; bit--) {
                int carry = (crc >> 15 ^ frame[i] >> bit) & 1;
                crc = (crc << 1 ^ carry * 0x8005) & 0xFFFF;
            }
        }
        return crc;
    }

    private boolean isZero(int length) {
        for (int i = 0; i < length; i++) {
            if (frame[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Passes over zeros up to the end; nothing else may be there. */
    private boolean checkPadding() throws IOException {
        int read = in.readNBytes(frame, 0, frame.length);
        while (read > 0) {
            if (!isZero(read)) {
                throw corrupt("no frame follows at byte " + position + " of its sound");
            }
            read = in.readNBytes(frame, 0, frame.length);
        }
        return false;
    }

    /** Returns the header of the frame that was read last. */
    MpegFrameHeader header() {
        return header;
    }

    /** Returns an array that begins with the frame that was read last. */
    byte[] frame() {
        return frame;
    }

    /** Returns how many frames were read. */
    long count() {
        return count;
    }

    private static boolean isTag(byte[] bytes, int offset) {
        String start = new String(bytes, offset, 4, StandardCharsets.ISO_8859_1);
        return TAGS.stream().anyMatch(start::startsWith);
    }

    private AudioFormatException truncated(int wanted, int present) {
        return new AudioFormatException(
                file,
                Problem.TRUNCATED,
                "its last frame should have " + wanted + " bytes, but " + present + " are there");
    }

    private AudioFormatException corrupt(String detail) {
        return new AudioFormatException(file, Problem.CORRUPT, detail);
    }
}
