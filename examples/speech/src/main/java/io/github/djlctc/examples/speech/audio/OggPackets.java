package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** The packets of one stream of an Ogg file. Each page is there, and has the right checksum. */
final class OggPackets {

    /** More than any packet has, except for headers with large pictures in them. */
    private static final int MAX_PACKET_BYTES = 1 << 25;

    /** A packet in memory of its own. */
    static final class Packet {

        static final long NO_GRANULE = -1;

        private final byte[] data;
        private final long granule;
        private final boolean last;

        private Packet(byte[] data, long granule, boolean last) {
            this.data = data;
            this.granule = granule;
            this.last = last;
        }

        byte[] data() {
            return data;
        }

        /** Returns where the sound of the page ends, if this is the last packet that ends on it. */
        long granule() {
            return granule;
        }

        /** Tells whether the stream ends with this packet. */
        boolean isLast() {
            return last;
        }
    }

    private final Path file;
    private final InputStream in;
    private final int serial;
    private final OggPage page;
    private byte[] partial = new byte[4096];
    private int partialBytes;
    private boolean inPacket;
    private int nextNumber;
    private int segment;
    private int offset;
    private boolean started;
    private boolean ended;

    OggPackets(Path file, InputStream in, int serial) {
        this.file = file;
        this.in = in;
        this.serial = serial;
        page = new OggPage(file);
    }

    /** Returns the next packet; null at the end. */
    Packet next() throws IOException {
        while (true) {
            while (started && segment < page.segments()) {
                int length = page.segment(segment++);
                append(length);
                if (length < 255) {
                    return packet();
                }
            }
            if (ended) {
                checkEnd();
                return null;
            }
            nextPage();
        }
    }

    private void append(int length) throws AudioFormatException {
        if (partialBytes + length > MAX_PACKET_BYTES) {
            throw page.corrupt("one of its packets has more than " + MAX_PACKET_BYTES + " bytes");
        }
        if (partialBytes + length > partial.length) {
            partial = Arrays.copyOf(partial, Math.max(2 * partial.length, partialBytes + length));
        }
        System.arraycopy(page.body(), offset, partial, partialBytes, length);
        partialBytes += length;
        offset += length;
        inPacket = true;
    }

    private Packet packet() {
        boolean another = false;
        for (int i = segment; i < page.segments(); i++) {
            another |= page.segment(i) < 255;
        }
        byte[] data = Arrays.copyOf(partial, partialBytes);
        partialBytes = 0;
        inPacket = false;
        return new Packet(
                data, another ? Packet.NO_GRANULE : page.granule(), !another && page.isLast());
    }

    private void nextPage() throws IOException {
        do {
            if (!page.read(in)) {
                throw new AudioFormatException(
                        file, Problem.TRUNCATED, "it ends without the page marked as the last");
            }
        } while (page.serial() != serial);
        if (started && page.isFirst()) {
            throw page.corrupt("a stream begins within another of the same number");
        }
        if (page.number() != nextNumber && started) {
            throw page.corrupt("page " + nextNumber + " of its sound is missing");
        }
        if (page.isContinued() != inPacket) {
            throw page.corrupt(
                    "page " + page.number() + " of its sound does not fit to the one before");
        }
        started = true;
        nextNumber = page.number() + 1;
        segment = 0;
        offset = 0;
        ended = page.isLast();
    }

    /** Behind the last page, others of the same file may come, but no more sound. */
    private void checkEnd() throws IOException {
        if (inPacket) {
            throw new AudioFormatException(
                    file, Problem.TRUNCATED, "its last packet is not complete");
        }
        while (page.read(in)) {
            if (page.isFirst() || page.serial() == serial) {
                throw new AudioFormatException(
                        file,
                        Problem.UNSUPPORTED,
                        "it holds several pieces of sound, one after the other; join them, for"
                                + " example with ffmpeg");
            }
        }
    }
}
