package io.github.djlctc.examples.speech.audio;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes Ogg, and Opus by the encoder of Concentus. */
final class OggWriter {

    private static final int FRAME = 960; // 20 ms at 48 kHz
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int serial;
    private int number;

    OggWriter(int serial) {
        this.serial = serial;
    }

    /** Returns sound of 48 kHz as an Opus file that cuts off what the encoder added. */
    static byte[] opus(float[] sound, int packetsOfPage) throws OpusException {
        OpusEncoder encoder = new OpusEncoder(48_000, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
        encoder.setBitrate(64_000);
        int preSkip = encoder.getLookahead();
        OggWriter ogg = new OggWriter(7);
        ogg.page(2, 0, List.of(head(preSkip, 0)));
        ogg.page(0, 0, List.of("OpusTags\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1)));
        List<byte[]> packets = new ArrayList<>();
        int end = sound.length + preSkip;
        for (int start = 0; start < end; start += FRAME) {
            short[] frame = new short[FRAME];
            for (int i = 0; i < FRAME && start + i < sound.length; i++) {
                frame[i] = (short) Math.round(32_768 * sound[start + i]);
            }
            byte[] packet = new byte[4000];
            int bytes = encoder.encode(frame, 0, FRAME, packet, 0, packet.length);
            packets.add(Arrays.copyOf(packet, bytes));
            boolean last = start + FRAME >= end;
            if (last || packets.size() == packetsOfPage) {
                ogg.page(last ? 4 : 0, last ? end : start + FRAME, packets);
                packets.clear();
            }
        }
        return ogg.bytes();
    }

    static byte[] head(int preSkip, int gain) {
        return ByteBuffer.allocate(19)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) preSkip)
                .putInt(16_000)
                .putShort((short) gain)
                .array();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    void page(int flags, long granule, List<byte[]> packets) {
        ByteArrayOutputStream lacing = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] packet : packets) {
            for (int left = packet.length; left >= 0; left -= 255) {
                lacing.write(Math.min(255, left));
            }
            body.writeBytes(packet);
        }
        ByteBuffer page =
                ByteBuffer.allocate(27 + lacing.size() + body.size())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put("OggS".getBytes(StandardCharsets.US_ASCII))
                        .put((byte) 0)
                        .put((byte) flags)
                        .putLong(granule)
                        .putInt(serial)
                        .putInt(number++)
                        .putInt(0)
                        .put((byte) lacing.size())
                        .put(lacing.toByteArray())
                        .put(body.toByteArray());
        sign(page.array());
        out.writeBytes(page.array());
    }

    /** Puts right checksums into all pages, as far as they can be found. */
    static void signAll(byte[] file) {
        int start = 0;
        while (start + 27 < file.length) {
            int segments = file[start + 26] & 0xFF;
            int end = start + 27 + segments;
            for (int i = 0; i < segments && start + 27 + i < file.length; i++) {
                end += file[start + 27 + i] & 0xFF;
            }
            if (end > file.length) {
                return;
            }
            byte[] page = Arrays.copyOfRange(file, start, end);
            sign(page);
            System.arraycopy(page, 0, file, start, page.length);
            start = end;
        }
    }

    private static void sign(byte[] page) {
        ByteBuffer.wrap(page).putInt(22, 0);
        int crc = 0;
        for (byte b : page) {
            crc ^= b << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc << 1 ^ (crc < 0 ? 0x04C11DB7 : 0);
            }
        }
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(22, crc);
    }
}
