package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Decodes Vorbis and Opus in Ogg. Where the sound begins and ends within the first and the last
 * packets follows from the positions that the pages give: Vorbis I, appendix A.2; RFC 7845, section
 * 4.
 */
final class OggDecoder implements AudioDecoder {

    private final Path file;
    private final InputStream in;
    private final OggPackets packets;
    private final PacketDecoder codec;

    /** Where the samples of the next page begin; nothing before the first page of sound. */
    private OptionalLong position = OptionalLong.empty();

    private int toSkip;

    OggDecoder(Path file, InputStream in, OggStart start) throws IOException {
        this.file = file;
        this.in = in;
        packets = new OggPackets(file, in, start.serial());
        codec =
                switch (start.codec()) {
                    case VORBIS -> VorbisPackets.open(file, packets);
                    case OPUS -> OpusPackets.open(file, packets);
                };
        toSkip = codec.preSkip();
    }

    @Override
    public AudioHeader header() {
        return new AudioHeader(codec.sampleRate(), OptionalLong.empty());
    }

    /** Decodes the packets that end on a page. */
    @Override
    public boolean decode(SampleBlock block) throws IOException {
        OggPackets.Packet packet;
        do {
            packet = packets.next();
            if (packet == null) {
                return false;
            }
            try {
                codec.decode(packet.data(), block);
            } catch (RuntimeException e) {
                throw new AudioFormatException(
                        file, Problem.CORRUPT, "a packet cannot be decoded (" + e + ")", e);
            }
        } while (packet.granule() == OggPackets.Packet.NO_GRANULE && !packet.isLast());
        place(packet, block);
        int skipped = Math.min(toSkip, block.size());
        block.dropFirst(skipped);
        toSkip -= skipped;
        return true;
    }

    private void place(OggPackets.Packet last, SampleBlock block) throws AudioFormatException {
        long end = last.granule();
        if (position.isEmpty()) {
            long start = end - block.size();
            if (start < 0 && !last.isLast()) {
                block.dropFirst((int) Math.min(block.size(), -start));
            }
            position = OptionalLong.of(Math.max(0, start));
        }
        long start = position.getAsLong();
        if (last.isLast()) {
            long excess = start + block.size() - end;
            if (end < 0 || excess < 0) {
                throw new AudioFormatException(
                        file,
                        Problem.CORRUPT,
                        "it gives " + end + " samples, but has " + (start + block.size()));
            }
            block.dropLast((int) Math.min(excess, block.size()));
        }
        position = OptionalLong.of(start + block.size());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
