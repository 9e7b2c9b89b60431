package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import org.jflac.FLACDecoder;
import org.jflac.FrameListener;
import org.jflac.frame.Frame;
import org.jflac.metadata.Metadata;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Decodes FLAC with jFLAC, frame by frame.
 *
 * <p>jFLAC's Java Sound provider would be shorter, but it turns frames with a wrong checksum into
 * silence, drops the end of truncated files, yields nothing for 12 and 20 bits, and trusts the
 * lengths inside of tags. Here, every error that the decoder reports counts, and so do the number
 * of samples and their MD5 sum, where the header has them.
 */
final class FlacDecoder implements AudioDecoder {

    private final Path file;
    private final InputStream in;
    private final FlacHeader header;
    private final FLACDecoder decoder;
    private final SampleDigest digest;
    private long samples;
    private String error;

    FlacDecoder(Path file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        header = FlacHeader.read(file, in);
        AudioLimits.checkSampleRate(file, header.sampleRate);
        if (header.bitsPerSample < 4 || header.bitsPerSample > 24) {
            throw new AudioFormatException(
                    file,
                    Problem.UNSUPPORTED,
                    "it has " + header.bitsPerSample + " bits per sample, not 4 to 24");
        }
        decoder =
                new FLACDecoder(
                        new SequenceInputStream(
                                new ByteArrayInputStream(header.minimalFileStart()), in));
        decoder.addFrameListener(new ErrorListener());
        digest = new SampleDigest(header);
    }

    @Override
    public boolean decode(SampleBlock block) throws IOException {
        if (samples == 0) {
            decoder.readMetadata();
        }
        boolean complete = header.totalSamples > 0 && samples >= header.totalSamples;
        Frame frame = complete ? null : nextFrame();
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

    private Frame nextFrame() throws AudioFormatException {
        Frame frame;
        try {
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
        digest.update(channels, size);
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
        if (tooMany || !digest.matches()) {
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
