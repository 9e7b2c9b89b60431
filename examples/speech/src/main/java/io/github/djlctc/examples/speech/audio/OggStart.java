package io.github.djlctc.examples.speech.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The stream of an Ogg file that is read: the first one of a codec that is known.
 *
 * @param serial the number of the stream
 * @param codec what it is coded by
 */
record OggStart(int serial, Codec codec) {

    enum Codec {
        VORBIS("\u0001vorbis"),
        OPUS("OpusHead");

        private final String start;

        Codec(String start) {
            this.start = start;
        }
    }

    /** How far the first pages of all streams reach, which are small. */
    private static final int SEARCHED_BYTES = 1 << 14;

    static boolean isHere(InputStream in) throws IOException {
        return FirstBytes.text(in, 4).equals("OggS");
    }

    /** Looks for a stream, and reads nothing. */
    static Optional<OggStart> find(Path file, InputStream in) throws IOException {
        InputStream copy = new ByteArrayInputStream(FirstBytes.of(in, SEARCHED_BYTES));
        OggPage page = new OggPage(file);
        while (page.read(copy) && page.isFirst()) {
            for (Codec codec : Codec.values()) {
                if (page.bodyText(codec.start.length()).equals(codec.start)) {
                    return Optional.of(new OggStart(page.serial(), codec));
                }
            }
        }
        return Optional.empty();
    }
}
