package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;
import io.github.djlctc.examples.speech.audio.FlacFrames.Start;

import org.jflac.FLACDecoder;
import org.jflac.FrameListener;
import org.jflac.frame.Frame;
import org.jflac.metadata.Metadata;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decodes FLAC with jFLAC, frame by frame.
 *
 * <p>jFLAC's Java Sound provider would be shorter, but it turns frames with a wrong checksum into
 * silence, drops the end of truncated files, yields nothing for 12 and 20 bits, and trusts the
 * lengths inside of tags. Here, every error that the decoder reports counts, and so do the number
 * of samples and, unless samples were passed over, their MD5 sum, where the header has them.
 */
final class FlacDecoder implements AudioDecoder {

    /** To decode so few samples takes less than to search. */
    private static final int LEAST_SKIPPED = 1 << 14;

    private final Path file;
    private final Optional<Path> onDisk;
    private final FlacHeader header;
    private final long firstFrame;
    private InputStream in;
    private FLACDecoder decoder;
    private boolean hasBegun;

    /** Of all samples; null if some were passed over. */
    private SampleDigest digest;

    /** The first frame behind a place that was skipped to, decoded already. */
    private Frame pending;

    private long samples;
    private String error;

    /**
     * Reads the header.
     *
     * @param content is at the start of the FLAC file
     * @param tagBytes how many bytes of the content come before
     */
    FlacDecoder(AudioContent content, long tagBytes) throws IOException {
        file = content.name();
        onDisk = content.onDisk();
        header = FlacHeader.read(file, content.in());
        firstFrame = tagBytes + header.bytes;
        AudioLimits.checkSampleRate(file, header.sampleRate);
        if (header.bitsPerSample < 4 || header.bitsPerSample > 24) {
            throw new AudioFormatException(
                    file,
                    Problem.UNSUPPORTED,
                    "it has " + header.bitsPerSample + " bits per sample, not 4 to 24");
        }
        begin(content.in());
    }

    /** Begins to decode from a frame on. */
    private void begin(InputStream frames) {
        in = frames;
        decoder =
                new FLACDecoder(
                        new SequenceInputStream(
                                new ByteArrayInputStream(header.minimalFileStart()), frames));
        decoder.addFrameListener(new ErrorListener());
        hasBegun = false;
        digest = new SampleDigest(header);
        pending = null;
        samples = 0;
        error = null;
    }

    @Override
    public long skip(long wanted) throws IOException {
        if (onDisk.isEmpty() || wanted < LEAST_SKIPPED) {
            return 0;
        }
        Optional<Start> start;
        try (FileChannel channel = FileChannel.open(onDisk.get())) {
            start = new FlacFrames(channel, header, firstFrame).before(wanted);
        }
        if (start.isPresent() && !beginsAt(start.get())) {
            open(firstFrame);
        }
        return samples;
    }

    /** Begins at a frame, if there is one: its checksum and its number tell. */
    private boolean beginsAt(Start start) throws IOException {
        open(start.position());
        digest = null;
        try {
            pending = nextFrame();
        } catch (AudioFormatException e) {
            return false; // said again by whoever reads the file from its start
        }
        samples = start.sample();
        return pending != null && pending.header.sampleNumber == start.sample();
    }

    private void open(long position) throws IOException {
        in.close();
        FileChannel channel = FileChannel.open(onDisk.orElseThrow());
        begin(new BufferedInputStream(Channels.newInputStream(channel.position(position))));
    }

    @Override
    public boolean decode(SampleBlock block) throws IOException {
        boolean complete = header.totalSamples > 0 && samples >= header.totalSamples;
        Frame frame = complete ? null : takeFrame();
        if (frame == null) {
            checkEnd();
            return false;
        }
        add(frame, block);
        samples += frame.header.blockSize;
        return true;
    }

    @Override
    public AudioHeader header() {
        return new AudioHeader(
                header.sampleRate,
                header.totalSamples == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(header.totalSamples));
    }

    private Frame takeFrame() throws AudioFormatException {
        Frame frame = pending == null ? nextFrame() : pending;
        pending = null;
        return frame;
    }

    private Frame nextFrame() throws AudioFormatException {
        Frame frame;
        try {
            if (!hasBegun) {
                hasBegun = true;
                decoder.readMetadata();
            }
            frame = decoder.readNextFrame();
        } catch (IOException | RuntimeException e) {
            // For corrupt frames, the decoder also throws index errors.
            throw corrupt("behind sample " + samples + " (" + e + ")", e);
        }
        if (frame != null) {
            if (error != null) {
                throw corrupt("behind sample " + samples + " (" + error + ")", null);
            }
            if (frame.header.channels != header.channels
                    || frame.header.bitsPerSample != header.bitsPerSample) {
                throw corrupt("its format changes behind sample " + samples, null);
            }
        }
        return frame;
    }

    private void add(Frame frame, SampleBlock block) {
        int size = frame.header.blockSize;
        int[][] channels = new int[header.channels][];
        for (int c = 0; c < channels.length; c++) {
            channels[c] = decoder.getChannelData()[c].getOutput();
        }
        if (digest != null) {
            digest.update(channels, size);
        }
        float scale = 1f / ((1 << (header.bitsPerSample - 1)) * channels.length);
        for (int i = 0; i < size; i++) {
            int sum = 0;
            for (int[] channel : channels) {
                sum += channel[i];
            }
            block.add(sum * scale);
        }
    }

    private void checkEnd() throws AudioFormatException {
        if (samples < header.totalSamples || error != null) {
            throw new AudioFormatException(
                    file,
                    Problem.TRUNCATED,
                    "its header gives "
                            + header.totalSamples
                            + " samples, but "
                            + samples
                            + " are there");
        }
        boolean tooMany = header.totalSamples > 0 && samples > header.totalSamples;
        if (tooMany || (digest != null && !digest.matches())) {
            throw corrupt(
                    "its samples differ in number or MD5 sum from what its header gives", null);
        }
    }

    private AudioFormatException corrupt(String detail, Throwable cause) {
        return new AudioFormatException(file, Problem.CORRUPT, detail, cause);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Remembers the first error that the decoder reports without stopping. */
    private final class ErrorListener implements FrameListener {

        @Override
        public void processMetadata(Metadata metadata) {}

        @Override
        public void processFrame(Frame frame) {}

        @Override
        public void processError(String message) {
            if (error == null) {
                error = message;
            }
        }
    }

    /**
     * The MD5 sum of the samples, interleaved, little-endian, in whole bytes: RFC 9639, section
     * 8.2.
     */
    private static final class SampleDigest {

        private final byte[] expected;
        private final int sampleBytes;
        private final MessageDigest digest;

        SampleDigest(FlacHeader header) {
            expected = header.md5();
            sampleBytes = (header.bitsPerSample + 7) / 8;
            try {
                digest = MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has MD5", e);
            }
        }

        void update(int[][] channels, int size) {
            byte[] bytes = new byte[size * channels.length * sampleBytes];
            int position = 0;
            for (int i = 0; i < size; i++) {
                for (int[] channel : channels) {
                    for (int b = 0; b < sampleBytes; b++) {
                        bytes[position++] = (byte) (channel[i] >> (8 * b));
                    }
                }
            }
            digest.update(bytes);
        }

        boolean matches() {
            return Arrays.equals(expected, new byte[expected.length])
                    || Arrays.equals(expected, digest.digest());
        }
    }
}
