package io.github.djlctc.examples.speech.audio;

import java.io.IOException;
import java.io.InputStream;

/** A tag of ID3v2, which may come before the first byte of an audio file. */
final class Id3Tag {

    private static final int HEADER_BYTES = 10;

    /** The flag of version 2.4 that says that the header is repeated behind the tag. */
    private static final int HAS_FOOTER = 0x10;

    private Id3Tag() {}

    /**
     * Passes over the tags at the start.
     *
     * @param in can be marked and reset
     * @return the number of bytes passed over; 0 if there is no tag
     * @throws java.io.EOFException if the file ends inside a tag
     */
    static long skip(InputStream in) throws IOException {
        long skipped = 0;
        in.mark(HEADER_BYTES);
        byte[] header = in.readNBytes(HEADER_BYTES);
        while (isTag(header)) {
            int size = 0;
            for (int i = 6; i < HEADER_BYTES; i++) {
                // Seven bits each, so that no byte looks like the start of MPEG audio.
                size = (size << 7) + (header[i] & 0x7F);
            }
            size += (header[5] & HAS_FOOTER) == 0 ? 0 : HEADER_BYTES;
            in.skipNBytes(size);
            skipped += HEADER_BYTES + size;
            in.mark(HEADER_BYTES);
            header = in.readNBytes(HEADER_BYTES);
        }
        in.reset();
        return skipped;
    }

    private static boolean isTag(byte[] header) {
        return header.length == HEADER_BYTES
                && header[0] == 'I'
                && header[1] == 'D'
                && header[2] == '3';
    }
}
