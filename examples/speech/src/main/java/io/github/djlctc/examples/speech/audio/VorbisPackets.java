package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Decodes Vorbis with JOrbis. */
final class VorbisPackets implements PacketDecoder {

    /** A second header without comments, which are not needed, and may be long. */
    private static final byte[] NO_COMMENTS =
            "\u0003vorbis\0\0\0\0\0\0\0\0\u0001".getBytes(StandardCharsets.ISO_8859_1);

    private final Path file;
    private final Info info = new Info();
    private final DspState state = new DspState();
    private final Block work;
    private final float[][][] decoded = new float[1][][];
    private final int[] offsets;
    private final Packet packet = new Packet();

    private VorbisPackets(Path file, byte[] identification, byte[] setup) throws IOException {
        this.file = file;
        Comment comment = new Comment();
        info.init();
        comment.init();
        header(identification, comment);
        AudioLimits.checkSampleRate(file, info.rate);
        AudioLimits.checkChannels(file, info.channels);
        header(NO_COMMENTS, comment);
        VorbisSetup.check(file, setup, info.channels);
        header(setup, comment);
        try {
            state.synthesis_init(info);
            work = new Block(state);
        } catch (RuntimeException e) {
            throw new AudioFormatException(
                    file, Problem.CORRUPT, "its setup is invalid (" + e + ")", e);
        }
        offsets = new int[info.channels];
    }

    /** Reads the three headers. */
    static VorbisPackets open(Path file, OggPackets packets) throws IOException {
        byte[] identification = packets.next().data();
        OggPackets.Packet comments = packets.next();
        OggPackets.Packet setup = comments == null ? null : packets.next();
        if (setup == null) {
            throw new AudioFormatException(file, Problem.CORRUPT, "it ends within its headers");
        }
        return new VorbisPackets(file, identification, setup.data());
    }

    private void header(byte[] data, Comment comment) throws AudioFormatException {
        int result;
        try {
            fill(data);
            result = info.synthesis_headerin(comment, packet);
        } catch (RuntimeException e) {
            throw new AudioFormatException(
                    file, Problem.CORRUPT, "a header cannot be read (" + e + ")", e);
        }
        if (result != 0) {
            throw new AudioFormatException(
                    file, Problem.CORRUPT, "a header cannot be read (code " + result + ")");
        }
    }

    private void fill(byte[] data) {
        packet.packet_base = data;
        packet.packet = 0;
        packet.bytes = data.length;
        packet.b_o_s = packet.packetno == 0 ? 1 : 0;
        packet.e_o_s = 0; // the end is cut by the reader of the pages
        packet.granulepos = -1;
        packet.packetno++;
    }

    @Override
    public int sampleRate() {
        return info.rate;
    }

    @Override
    public int preSkip() {
        return 0;
    }

    @Override
    public void decode(byte[] data, SampleBlock block) throws IOException {
        if (data.length == 0) {
            return; // allowed by the specification, and without sound
        }
        fill(data);
        int result = work.synthesis(packet);
        if (result == 0) {
            result = state.synthesis_blockin(work);
        }
        if (result != 0) {
            throw new AudioFormatException(
                    file,
                    Problem.CORRUPT,
                    "packet " + packet.packetno + " cannot be decoded (code " + result + ")");
        }
        int count = state.synthesis_pcmout(decoded, offsets);
        while (count > 0) {
            add(count, block);
            state.synthesis_read(count);
            count = state.synthesis_pcmout(decoded, offsets);
        }
    }

    private void add(int count, SampleBlock block) throws AudioFormatException {
        for (int i = 0; i < count; i++) {
            float sum = 0;
            for (int c = 0; c < info.channels; c++) {
                sum += decoded[0][c][offsets[c] + i];
            }
            if (!Float.isFinite(sum)) {
                throw new AudioFormatException(
                        file,
                        Problem.CORRUPT,
                        "packet " + packet.packetno + " has a sample " + sum);
            }
            block.add(sum / info.channels);
        }
    }
}
