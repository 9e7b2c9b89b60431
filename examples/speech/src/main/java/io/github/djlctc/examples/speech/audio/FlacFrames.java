package io.github.djlctc.examples.speech.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds frames of a FLAC file on disk by the numbers in their headers, without decoding: RFC 9639,
 * section 9.1. A table of seek points is not needed.
 *
 * <p>What looks like a header may be sound, once in some ten million bytes, so that a frame that
 * was found must be decoded before it is relied on.
 */
final class FlacFrames {

    /**
     * The start of a frame.
     *
     * @param position its first byte in the file
     * @param sample the number of its first sample, of each channel
     */
    record Start(long position, long sample) {}

    private static final int MAX_HEADER_BYTES = 16;
    private static final int MAX_NUMBER_BYTES = 7;

    /** The search ends when so few bytes are left, which are then decoded. */
    private static final int NEAR_BYTES = 1 << 15;

    private static final int WINDOW_BYTES = 1 << 14;

    private static final int SYNC_BYTE = 0xFF;
    private static final int SYNC_BITS = 0xF8;
    private static final int VARIABLE_BLOCKS = 1;
    private static final int RESERVED_RATE = 15;
    private static final int LAST_CHANNEL_CODE = 10;

    /** The bits of a sample, by their code; 0 where the code says nothing or is reserved. */
    private static final int[] SAMPLE_BITS = {0, 8, 12, 0, 16, 20, 24, 32};

    private static final int RESERVED_BITS_CODE = 3;

    private final FileChannel channel;
    private final FlacHeader header;
    private final long first;
    private final byte[] window = new byte[WINDOW_BYTES + MAX_HEADER_BYTES];

    /** The second byte of all headers, which says how blocks are numbered. */
    private int secondByte = -1;

    /**
     * Creates a finder.
     *
     * @param channel the file; its position is not used
     * @param header its header
     * @param first the position of the first frame
     */
    FlacFrames(FileChannel channel, FlacHeader header, long first) {
        this.channel = channel;
        this.header = header;
        this.first = first;
    }

    /**
     * Finds a frame from which on a sample is soon decoded: the frame that holds it, or one before.
     *
     * @param sample the number of the sample
     * @return the frame; nothing if the frames are not numbered from 0 on, as those of a broadcast
     *     may be, or in blocks of a size that is not known
     */
    Optional<Start> before(long sample) throws IOException {
        Arrays.fill(window, (byte) 0);
        int read = read(first, MAX_HEADER_BYTES);
        OptionalLong number = read < MAX_HEADER_BYTES ? OptionalLong.empty() : number(0);
        if (number.isEmpty() || number.getAsLong() != 0) {
            return Optional.empty();
        }
        secondByte = window[1] & 0xFF;
        Start low = new Start(first, 0);
        long high = channel.size();
        while (high - low.position > NEAR_BYTES) {
            long middle = (low.position + high) >>> 1;
            Optional<Start> found = next(middle, high);
            if (found.isPresent() && found.get().sample <= sample) {
                low = found.get();
            } else {
                high = middle;
            }
        }
        return Optional.of(low);
    }

    /** Finds the first header at or behind a position, before an end. */
    private Optional<Start> next(long from, long end) throws IOException {
        for (long start = from; start < end; start += WINDOW_BYTES) {
            int wanted = (int) Math.min(WINDOW_BYTES, end - start);
            int read = read(start, wanted + MAX_HEADER_BYTES);
            Arrays.fill(window, read, window.length, (byte) 0);
            for (int i = 0; i < Math.min(wanted, read); i++) {
                if (window[i] == (byte) SYNC_BYTE) {
                    OptionalLong number = number(i);
                    if (number.isPresent()) {
                        return Optional.of(new Start(start + i, number.getAsLong()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private int read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(window, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position();
    }

    /** Returns the number of the first sample, if a header of this file is at a place. */
    private OptionalLong number(int start) {
        if (!isPlausible(start)) {
            return OptionalLong.empty();
        }
        int ones = Integer.numberOfLeadingZeros(~(window[start + 4] << 24));
        if (ones == 1 || ones > MAX_NUMBER_BYTES) {
            return OptionalLong.empty();
        }
        int numberBytes = Math.max(1, ones);
        long number = window[start + 4] & (numberBytes == 1 ? 0x7F : (0xFF >> (numberBytes + 1)));
        for (int i = 1; i < numberBytes; i++) {
            int next = window[start + 4 + i];
            if ((next & 0xC0) != 0x80) {
                return OptionalLong.empty();
            }
            number = (number << 6) | (next & 0x3F);
        }
        int end = start + 4 + numberBytes + sizeBytes(start) + rateBytes(start);
        if (checksum(start, end) != (window[end] & 0xFF)) {
            return OptionalLong.empty();
        }
        if ((window[start + 1] & VARIABLE_BLOCKS) != 0) {
            return OptionalLong.of(number);
        }
        int size = header.fixedBlockSize;
        return size == 0 ? OptionalLong.empty() : OptionalLong.of(number * size);
    }

    private boolean isPlausible(int start) {
        int second = window[start + 1] & 0xFF;
        int third = window[start + 2] & 0xFF;
        int fourth = window[start + 3] & 0xFF;
        int channelCode = fourth >> 4;
        int channels = channelCode < 8 ? channelCode + 1 : 2;
        int bitsCode = (fourth >> 1) & 7;
        int bits = SAMPLE_BITS[bitsCode];
        return window[start] == (byte) SYNC_BYTE
                && (second & ~VARIABLE_BLOCKS) == SYNC_BITS
                && (secondByte < 0 || second == secondByte)
                && third >> 4 != 0
                && (third & 0xF) != RESERVED_RATE
                && channelCode <= LAST_CHANNEL_CODE
                && channels == header.channels
                && (fourth & 1) == 0
                && bitsCode != RESERVED_BITS_CODE
                && (bits == 0 || bits == header.bitsPerSample);
    }

    /** Returns how many bytes behind the number hold the size of the block. */
    private int sizeBytes(int start) {
        int code = (window[start + 2] >> 4) & 0xF;
        return code == 6 || code == 7 ? code - 5 : 0;
    }

    /** Returns how many bytes behind that hold the sample rate. */
    private int rateBytes(int start) {
        int code = window[start + 2] & 0xF;
        if (code < 12) {
            return 0;
        }
        return code == 12 ? 1 : 2;
    }

    /** The checksum of 8 bits, of the polynomial x^8 + x^2 + x + 1. */
    private int checksum(int start, int end) {
        int checksum = 0;
        for (int i = start; i < end; i++) {
            checksum ^= window[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                checksum = (checksum << 1) ^ ((checksum >> 7) * 0x107);
            }
        }
        return checksum;
    }
}
