package io.github.djlctc.examples.speech.audio;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class MpegFrameHeaderTest {

    /** The buffers are made for it. */
    @Test
    void noFrameIsLongerThanTheLongest() {
        int longest = 0;
        for (int bits = 0; bits < 1 << 16; bits++) {
            byte[] frame = {(byte) 0xFF, (byte) (bits >> 8), (byte) bits, 0};
            Optional<MpegFrameHeader> header = MpegFrameHeader.of(frame, 0);
            longest = Math.max(longest, header.map(MpegFrameHeader::bytes).orElse(0));
        }

        assertThat(longest).isEqualTo(MpegFrameHeader.MAX_FRAME_BYTES);
    }

    /** MPEG 2.5 extends layer III alone; a frame of layer II would have 2880 bytes. */
    @Test
    void layer2HasNoRatesOfMpeg25() throws IOException {
        byte[] content = new byte[4000];
        content[0] = (byte) 0xFF;
        content[1] = (byte) 0xE5;
        content[2] = (byte) 0xE8;

        assertThat(MpegFrameHeader.of(content, 0)).isEmpty();
        assertThat(MpegFrames.startHere(new ByteArrayInputStream(content))).isFalse();
    }
}
