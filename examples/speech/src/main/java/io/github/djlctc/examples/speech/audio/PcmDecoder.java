package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Decodes uncompressed samples. */
final class PcmDecoder implements AudioDecoder {

    /**
     * Data sizes from here on are placeholders, which programs write to pipes because they do not
     * know the length yet.
     */
    private static final long PLACEHOLDER_BYTES = 0x7FFF0000L;

    private static final int BLOCK_FRAMES = 4096;

    private final Path file;
    private final AudioInputStream stream;
    private final int sampleRate;
    private final long claimedFrames;
    private AudioInputStream linear;
    private SampleFormat samples;
    private byte[] bytes;
    private long frames;

    /**
     * Creates a decoder.
     *
     * @param stream begins with the first sample
     * @param fileBytes how many bytes the file has at most
     */
    PcmDecoder(Path file, AudioInputStream stream, long fileBytes) throws IOException {
        this.file = file;
        this.stream = stream;
        AudioFormat format = stream.getFormat();
        sampleRate = AudioLimits.checkSampleRate(file, format.getSampleRate());
        AudioLimits.checkChannels(file, format.getChannels());
        claimedFrames = claimedFrames(fileBytes);
    }

    /** Reads the header of a format that Java Sound knows; nothing, from other content. */
    static Optional<AudioInputStream> openByJava(Path file, InputStream in) throws IOException {
        try {
            return Optional.of(AudioSystem.getAudioInputStream(in));
        } catch (UnsupportedAudioFileException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            // Java Sound throws these for some invalid headers, such as a frame size of 0.
            throw new AudioFormatException(
                    file, Problem.CORRUPT, "its header cannot be read (" + e + ")", e);
        }
    }

    /** Returns the number of frames that the header gives, or {@link AudioSystem#NOT_SPECIFIED}. */
    private long claimedFrames(long fileBytes) throws AudioFormatException {
        long claimed = stream.getFrameLength();
        long frameBytes = stream.getFormat().getFrameSize();
        if (claimed < 0 || claimed * frameBytes >= PLACEHOLDER_BYTES) {
            return AudioSystem.NOT_SPECIFIED;
        }
        if (claimed == 0) {
            throw new AudioFormatException(file, Problem.EMPTY, "its header gives 0 samples");
        }
        if (claimed * frameBytes > fileBytes) {
            throw truncated(claimed, fileBytes / frameBytes);
        }
        return claimed;
    }

    @Override
    public boolean decode(SampleBlock block) throws IOException {
        if (linear == null) {
            linear = linear();
            samples = SampleFormat.of(file, linear.getFormat());
            bytes = new byte[BLOCK_FRAMES * linear.getFormat().getFrameSize()];
        }
        int read = linear.readNBytes(bytes, 0, bytes.length) / linear.getFormat().getFrameSize();
        if (read == 0) {
            if (frames < claimedFrames) {
                throw truncated(claimedFrames, frames);
            }
            return false;
        }
        add(read, block);
        return true;
    }

    private void add(int count, SampleBlock block) throws AudioFormatException {
        int channels = linear.getFormat().getChannels();
        int sampleBytes = linear.getFormat().getFrameSize() / channels;
        int position = 0;
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += samples.read(bytes, position);
                position += sampleBytes;
            }
            if (!Double.isFinite(sum)) {
                throw new AudioFormatException(
                        file, Problem.CORRUPT, "sample " + frames + " is " + sum);
            }
            block.add((float) (sum / channels));
            frames++;
        }
    }

    @Override
    public AudioHeader header() {
        return new AudioHeader(
                sampleRate,
                claimedFrames < 0 ? OptionalLong.empty() : OptionalLong.of(claimedFrames));
    }

    @Override
    public long skip(long wanted) throws IOException {
        long frameBytes = stream.getFormat().getFrameSize();
        while (frames < wanted) {
            long skipped = stream.skip((wanted - frames) * frameBytes);
            if (skipped <= 0) {
                break;
            }
            frames += skipped / frameBytes;
        }
        return frames;
    }

    /** Expands A-law and mu-law, and leaves everything else as it is. */
    private AudioInputStream linear() {
        AudioFormat format = stream.getFormat();
        Encoding encoding = format.getEncoding();
        return encoding.equals(Encoding.ALAW) || encoding.equals(Encoding.ULAW)
                ? AudioSystem.getAudioInputStream(Encoding.PCM_SIGNED, stream)
                : stream;
    }

    private AudioFormatException truncated(long claimed, long present) {
        return new AudioFormatException(
                file,
                Problem.TRUNCATED,
                "its header gives " + claimed + " samples, but at most " + present + " are there");
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
