package io.github.djlctc.examples.speech.audio;

import java.util.Optional;

/**
 * The header of a frame of MPEG audio: ISO/IEC 11172-3, 2.4.1.3, with the lower sample rates of
 * ISO/IEC 13818-3 and, in layer III, of MPEG 2.5.
 *
 * @param layer 1 to 3
 * @param isVersion1 whether the sample rate is one of MPEG 1
 * @param sampleRate samples per second
 * @param isMono whether there is one channel, not two
 * @param isProtected whether a checksum follows
 * @param bytes the length of the frame with its header; 0 if the bit rate is not in the table
 *     ("free format")
 */
record MpegFrameHeader(
        int layer,
        boolean isVersion1,
        int sampleRate,
        boolean isMono,
        boolean isProtected,
        int bytes) {

    static final int BYTES = 4;

    /** The length of the longest frame: layer II, 384 kbit/s, 32 kHz. */
    static final int MAX_FRAME_BYTES = 1729;

    private static final int[] RATES = {44_100, 48_000, 32_000};

    /** Bit rates in kbit/s by their index from 1 on, of layer I to III of MPEG 1. */
    private static final int[][] VERSION_1 = {
        {32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
        {32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
        {32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    };

    private static final int[] LOWER_LAYER_1 = {
        32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256
    };
    private static final int[] LOWER_OTHERS = {
        8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
    };

    /** Returns what the first four bytes of a frame say; nothing if they are not that. */
    static Optional<MpegFrameHeader> of(byte[] frame, int offset) {
        int b1 = frame[offset + 1] & 0xFF;
        int b2 = frame[offset + 2] & 0xFF;
        int b3 = frame[offset + 3] & 0xFF;
        int version = b1 >> 3 & 3; // 0: MPEG 2.5, 2: MPEG 2, 3: MPEG 1
        int layer = 4 - (b1 >> 1 & 3);
        int rate = b2 >> 2 & 3;
        boolean isSync = (frame[offset] & 0xFF) == 0xFF && b1 >= 0xE0;
        boolean isKnown = version == 0 ? layer == 3 : version != 1 && layer != 4;
        if (!isSync || !isKnown || rate == 3 || b2 >> 4 == 15 || (b3 & 3) == 2) {
            return Optional.empty();
        }
        int sampleRate = RATES[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        int bytes = bytes(layer, version == 3, b2 >> 4, sampleRate, b2 >> 1 & 1);
        return Optional.of(
                new MpegFrameHeader(
                        layer, version == 3, sampleRate, b3 >> 6 == 3, (b1 & 1) == 0, bytes));
    }

    private static int bytes(int layer, boolean version1, int index, int rate, int padding) {
        if (index == 0) {
            return 0;
        }
        int[] table = version1 ? VERSION_1[layer - 1] : layer == 1 ? LOWER_LAYER_1 : LOWER_OTHERS;
        int bits = table[index - 1] * 1000;
        return switch (layer) {
            case 1 -> (12 * bits / rate + padding) * 4;
            case 2 -> 144 * bits / rate + padding;
            default -> (version1 ? 144 : 72) * bits / rate + padding;
        };
    }

    /** Returns the samples of a channel. */
    int samples() {
        return switch (layer) {
            case 1 -> 384;
            case 2 -> 1152;
            default -> isVersion1 ? 1152 : 576;
        };
    }

    /** Returns the length of what follows header and checksum in layer III. */
    int sideBytes() {
        return isVersion1 ? (isMono ? 17 : 32) : (isMono ? 9 : 17);
    }

    /** Tells whether a frame can follow this one in a file. */
    boolean isLike(MpegFrameHeader other) {
        return layer == other.layer && sampleRate == other.sampleRate && isMono == other.isMono;
    }
}
