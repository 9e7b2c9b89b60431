package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusMSDecoder;
import io.github.jaredmdobson.concentus.OpusPacketInfo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Decodes Opus with Concentus, at 48 kHz; the header is that of RFC 7845, section 5.1. */
final class OpusPackets implements PacketDecoder {

    private static final int SAMPLE_RATE = 48_000;

    /** The samples of the longest packet: 120 ms. */
    private static final int MAX_SAMPLES = 5760;

    private static final int HEADER_BYTES = 19;

    private final Path file;
    private final OpusMSDecoder decoder;
    private final int channels;
    private final int preSkip;
    private final float scale;
    private final short[] samples;

    private OpusPackets(Path file, ByteBuffer header) throws IOException {
        this.file = file;
        channels = header.get(9) & 0xFF;
        preSkip = header.getShort(10) & 0xFFFF;
        double gain = header.getShort(16) / 256.0; // in decibels
        AudioLimits.checkChannels(file, channels);
        scale = (float) (Math.pow(10, gain / 20) / 32_768 / channels);
        decoder = decoder(header);
        samples = new short[MAX_SAMPLES * channels];
    }

    /** Reads the two headers. */
    static OpusPackets open(Path file, OggPackets packets) throws IOException {
        byte[] head = packets.next().data();
        OggPackets.Packet tags = packets.next();
        if (head.length < HEADER_BYTES || (head[8] & 0xF0) != 0) {
            throw corrupt(file, "its header is of an unknown version, or cut");
        }
        if (tags == null
                || !new String(tags.data(), StandardCharsets.ISO_8859_1).startsWith("OpusTags")) {
            throw corrupt(file, "its second header is missing");
        }
        return new OpusPackets(file, ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN));
    }

    private OpusMSDecoder decoder(ByteBuffer header) throws AudioFormatException {
        int family = header.get(18) & 0xFF;
        try {
            if (family == 0) {
                if (channels > 2) {
                    throw corrupt(file, "it has " + channels + " channels without a mapping");
                }
                short[] mapping = {0, 1};
                return OpusMSDecoder.create(SAMPLE_RATE, channels, 1, channels - 1, mapping);
            }
            if (header.limit() < HEADER_BYTES + 2 + channels) {
                throw corrupt(file, "its header is cut");
            }
            int streams = header.get(HEADER_BYTES) & 0xFF;
            int coupled = header.get(HEADER_BYTES + 1) & 0xFF;
            short[] mapping = new short[channels];
            for (int c = 0; c < channels; c++) {
                mapping[c] = (short) (header.get(HEADER_BYTES + 2 + c) & 0xFF);
            }
            return OpusMSDecoder.create(SAMPLE_RATE, channels, streams, coupled, mapping);
        } catch (OpusException | RuntimeException e) {
            throw new AudioFormatException(
                    file, Problem.CORRUPT, "its channel mapping is invalid (" + e + ")", e);
        }
    }

    @Override
    public int sampleRate() {
        return SAMPLE_RATE;
    }

    @Override
    public int preSkip() {
        return preSkip;
    }

    @Override
    public void decode(byte[] packet, SampleBlock block) throws IOException {
        if (packet.length == 0) {
            throw corrupt(file, "a packet is empty");
        }
        int expected = OpusPacketInfo.getNumSamples(packet, 0, packet.length, SAMPLE_RATE);
        int count = decoder.decodeMultistream(packet, 0, packet.length, samples, 0, MAX_SAMPLES, 0);
        if (count <= 0 || count != expected) {
            throw corrupt(file, "a packet of " + expected + " samples is decoded to " + count);
        }
        for (int i = 0; i < count; i++) {
            int sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += samples[i * channels + c];
            }
            block.add(sum * scale);
        }
    }

    private static AudioFormatException corrupt(Path file, String detail) {
        return new AudioFormatException(file, Problem.CORRUPT, detail);
    }
}
