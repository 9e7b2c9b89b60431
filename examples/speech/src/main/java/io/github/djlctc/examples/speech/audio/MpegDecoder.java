package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.Obuffer;

/**
 * Decodes MP3, and the other layers of MPEG audio, with JLayer.
 *
 * <p>Where the file says how many samples its encoder added, they are left out, as are the 529 by
 * which a decoder is late, so that the sound has the length it had before. MPEG audio has no
 * checksum of its samples: a changed bit that leaves the frames intact gives other sound.
 */
final class MpegDecoder implements AudioDecoder {

    /** The delay of a decoder's filter bank, by which LAME's figures are meant to be enlarged. */
    private static final int DECODER_DELAY = 529;

    /** What JLayer multiplies full scale with. */
    private static final float SCALE = 32_700;

    /** Guards the tables of JLayer that all decoders share. */
    private static final Object TABLES = new Object();

    private final Path file;
    private final InputStream in;
    private final MpegFrames frames;
    private final MpegFrameHeader format;
    private final Optional<MpegInfoTag> tag;
    private final FrameFeed feed;
    private final Bitstream bitstream;
    private final Decoder decoder = new Decoder();
    private final ChannelBuffer output = new ChannelBuffer();
    private long decodedFrames;
    private boolean heard;

    MpegDecoder(Path file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        frames = new MpegFrames(file, in);
        frames.next();
        format = frames.header();
        tag = MpegInfoTag.of(frames.frame(), format);
        feed = new FrameFeed(tag.isEmpty() ? format.bytes() : 0);
        bitstream = new Bitstream(feed);
        decoder.setOutputBuffer(output);
    }

    @Override
    public AudioHeader header() {
        long count = tag.map(MpegInfoTag::frames).orElse(0L);
        if (count == 0) {
            return new AudioHeader(format.sampleRate(), OptionalLong.empty());
        }
        return new AudioHeader(format.sampleRate(), OptionalLong.of(Math.max(0, end() - start())));
    }

    @Override
    public boolean decode(SampleBlock block) throws IOException {
        long first = decodedFrames * format.samples();
        if (!decodeFrame(block)) {
            checkEnd();
            return false;
        }
        decodedFrames++;
        long before = Math.min(block.size(), Math.max(0, start() - first));
        long behind = Math.min(block.size() - before, Math.max(0, first + block.size() - end()));
        block.dropFirst((int) before);
        block.dropLast((int) behind);
        return true;
    }

    /** Returns the index of the first sample that is kept. */
    private long start() {
        int delay = tag.map(MpegInfoTag::delay).orElse(0);
        return delay == 0 ? 0 : delay + DECODER_DELAY;
    }

    /** Returns the index behind the last one. */
    private long end() {
        MpegInfoTag info = tag.orElse(new MpegInfoTag(0, false, 0, 0));
        if (info.frames() == 0) {
            return Long.MAX_VALUE;
        }
        long samples = info.frames() * format.samples();
        return info.delay() == 0
                ? samples + format.samples()
                : samples - Math.max(0, info.padding() - DECODER_DELAY);
    }

    private boolean decodeFrame(SampleBlock block) throws IOException {
        try {
            Header header = bitstream.readFrame();
            if (feed.failure != null) {
                throw feed.failure;
            }
            if (header == null) {
                return false;
            }
            output.clear_buffer();
            decodeFrame(header);
            bitstream.closeFrame();
        } catch (JavaLayerException | RuntimeException e) {
            if (feed.failure != null) {
                throw feed.failure;
            }
            throw corrupt("frame " + decodedFrames + " cannot be decoded (" + e + ")", e);
        }
        add(block);
        return true;
    }

    /** JLayer fills its tables at the first frame, and takes them for full while it does. */
    private void decodeFrame(Header header) throws JavaLayerException {
        if (decodedFrames > 0) {
            decoder.decodeFrame(header, bitstream);
            return;
        }
        synchronized (TABLES) {
            decoder.decodeFrame(header, bitstream);
        }
    }

    private void add(SampleBlock block) throws AudioFormatException {
        if (output.size(0) == 0 && !heard) {
            // The first frames of a cut file refer to ones before them, which are gone.
            for (int i = 0; i < format.samples(); i++) {
                block.add(0);
            }
            return;
        }
        heard = true;
        boolean mono = format.isMono();
        if (output.size(0) != format.samples() || (!mono && output.size(1) != output.size(0))) {
            throw corrupt(
                    "frame %d has %d samples, not %d"
                            .formatted(decodedFrames, output.size(0), format.samples()),
                    null);
        }
        float[] left = output.channel(0);
        float[] right = output.channel(mono ? 0 : 1);
        for (int i = 0; i < format.samples(); i++) {
            block.add((left[i] + right[i]) / (2 * SCALE));
        }
    }

    private void checkEnd() throws AudioFormatException {
        long given = frames.count() - (tag.isPresent() ? 1 : 0);
        if (decodedFrames != given) {
            throw corrupt(decodedFrames + " of its " + given + " frames can be decoded", null);
        }
        MpegInfoTag info = tag.orElse(new MpegInfoTag(0, false, 0, 0));
        if (given < info.frames() - (info.isExact() ? 0 : 1)) {
            throw new AudioFormatException(
                    file,
                    Problem.TRUNCATED,
                    "its header gives " + info.frames() + " frames, but " + given + " are there");
        }
    }

    private AudioFormatException corrupt(String detail, Throwable cause) {
        return new AudioFormatException(file, Problem.CORRUPT, detail, cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The bytes of the frames, of which JLayer sees nothing else. */
    private final class FrameFeed extends InputStream {

        private int position;
        private int end;
        private IOException failure;

        FrameFeed(int end) {
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            return fill() ? frames.frame()[position++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, end - position);
            System.arraycopy(frames.frame(), position, buffer, offset, count);
            position += count;
            return count;
        }

        private boolean fill() throws IOException {
            if (position < end) {
                return true;
            }
            if (failure != null) {
                throw failure;
            }
            try {
                position = 0;
                end = frames.next() ? frames.header().bytes() : 0;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
            return end > 0;
        }
    }

    /** The samples of a frame by channel, before JLayer would round them to 16 bits. */
    private static final class ChannelBuffer extends Obuffer {

        private final float[][] channels = new float[2][2304];
        private final int[] sizes = new int[2];

        @Override
        public void append(int channel, short value) {
            channels[channel][sizes[channel]++] = value;
        }

        @Override
        public void appendSamples(int channel, float[] samples) {
            System.arraycopy(samples, 0, channels[channel], sizes[channel], samples.length);
            sizes[channel] += samples.length;
        }

        int size(int channel) {
            return sizes[channel];
        }

        float[] channel(int channel) {
            return channels[channel];
        }

        @Override
        public void clear_buffer() {
            sizes[0] = 0;
            sizes[1] = 0;
        }

        @Override
        public void write_buffer(int value) {}

        @Override
        public void close() {}

        @Override
        public void set_stop_flag() {}
    }
}
