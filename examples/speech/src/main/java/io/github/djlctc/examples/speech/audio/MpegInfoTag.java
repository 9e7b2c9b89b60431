package io.github.djlctc.examples.speech.audio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What encoders write into a first frame without sound: <a
 * href="http://gabriel.mp3-tech.org/mp3infotag.html">the tags of Xing and LAME</a>, and
 * Fraunhofer's VBRI.
 *
 * @param frames how many frames follow; 0 if that is not given
 * @param isExact whether that number is known to leave out this frame itself
 * @param delay the samples that the encoder put before the sound
 * @param padding the samples behind it; with {@code delay} 0, they are not known
 */
record MpegInfoTag(long frames, boolean isExact, int delay, int padding) {

    private static final int VBRI_OFFSET = 36;
    private static final int TABLE_BYTES = 100;
    private static final int DELAY_OFFSET = 21;

    /** Returns the tag in a frame; nothing if it is one of sound. */
    static Optional<MpegInfoTag> of(byte[] frame, MpegFrameHeader header) {
        if (header.layer() != 3) {
            return Optional.empty();
        }
        int end = header.bytes();
        int offset = MpegFrameHeader.BYTES + header.sideBytes();
        for (int start : new int[] {offset, offset + 2}) {
            if (isAt(frame, start, end, "Xing") || isAt(frame, start, end, "Info")) {
                return Optional.of(xing(ByteBuffer.wrap(frame, start + 4, end - start - 4)));
            }
        }
        if (isAt(frame, VBRI_OFFSET, end, "VBRI") && VBRI_OFFSET + 18 <= end) {
            long frames = Integer.toUnsignedLong(ByteBuffer.wrap(frame).getInt(VBRI_OFFSET + 14));
            return Optional.of(new MpegInfoTag(frames, false, 0, 0));
        }
        return Optional.empty();
    }

    private static boolean isAt(byte[] frame, int start, int end, String name) {
        return start + 8 <= end
                && new String(frame, start, 4, StandardCharsets.ISO_8859_1).equals(name);
    }

    private static MpegInfoTag xing(ByteBuffer tag) {
        int flags = tag.getInt();
        long frames = (flags & 1) != 0 && tag.remaining() >= 4 ? tag.getInt() & 0xFFFF_FFFFL : 0;
        int skipped =
                ((flags & 2) != 0 ? 4 : 0)
                        + ((flags & 4) != 0 ? TABLE_BYTES : 0)
                        + ((flags & 8) != 0 ? 4 : 0);
        if (tag.remaining() < skipped + DELAY_OFFSET + 3) {
            return new MpegInfoTag(frames, false, 0, 0);
        }
        int encoder = tag.position() + skipped;
        byte[] start = new byte[4];
        tag.get(encoder, start);
        String name = new String(start, StandardCharsets.ISO_8859_1);
        if (!name.equals("LAME") && !name.equals("Lavf") && !name.equals("Lavc")) {
            return new MpegInfoTag(frames, false, 0, 0);
        }
        int both = tag.getInt(encoder + DELAY_OFFSET - 1) & 0xFF_FFFF;
        return new MpegInfoTag(frames, true, both >> 12, both & 0xFFF);
    }
}
