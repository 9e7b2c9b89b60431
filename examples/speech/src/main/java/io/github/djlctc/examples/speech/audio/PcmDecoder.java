package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Decodes what Java Sound reads. */
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

    PcmDecoder(Path file, InputStream in, long fileBytes) throws IOException {
        this.file = file;
        stream = open(file, in);
        AudioFormat format = stream.getFormat();
        sampleRate = AudioLimits.checkSampleRate(file, format.getSampleRate());
        AudioLimits.checkChannels(file, format.getChannels());
        claimedFrames = claimedFrames(fileBytes);
    }

    private static AudioInputStream open(Path file, InputStream in) throws IOException {
        if (AifcHeader.startsHere(in)) {
            return AifcHeader.open(file, in);
        }
        try {
            return AudioSystem.getAudioInputStream(in);
        } catch (UnsupportedAudioFileException e) {
            throw new AudioFormatException(
                    file,
                    Problem.UNSUPPORTED,
                    "neither WAV, AIFF, AU nor FLAC (MP3, for instance); convert it, for example with"
                            + " sox or ffmpeg",
                    e);
        } catch (RuntimeException e) {
            // Java Sound throws these for some invalid headers, such as a frame size of 0.
            throw new AudioFormatException(
                    file, Problem.CORRUPT, "its header cannot be read (" + e + ")", e);
        }
    }

    /** Returns the number of frames that the header gives, or {@link AudioSystem#NOT_SPECIFIED}. */
    private long claimedFrames(long fileBytes) throws AudioFormatException {
        long frames = stream.getFrameLength();
        long frameBytes = stream.getFormat().getFrameSize();
        if (frames < 0 || frames * frameBytes >= PLACEHOLDER_BYTES) {
            return AudioSystem.NOT_SPECIFIED;
        }
        if (frames == 0) {
            throw new AudioFormatException(file, Problem.EMPTY, "its header gives 0 samples");
        }
        if (frames * frameBytes > fileBytes) {
            throw truncated(frames, fileBytes / frameBytes);
        }
        return frames;
    }

    @Override
    public Waveform decode(AudioPart part) throws IOException {
        PartCollector collector = new PartCollector(file, sampleRate, part);
        long frames = skip(collector.first());
        collector.startAt(frames);
        try (AudioInputStream linear = linear()) {
            frames += collect(linear, collector);
        }
        if (!collector.isComplete() && claimedFrames >= 0 && frames < claimedFrames) {
            throw truncated(claimedFrames, frames);
        }
        return collector.finish();
    }

    @Override
    public AudioHeader header() {
        return new AudioHeader(
                sampleRate,
                claimedFrames < 0 ? OptionalLong.empty() : OptionalLong.of(claimedFrames));
    }

    private long skip(long frames) throws IOException {
        long frameBytes = stream.getFormat().getFrameSize();
        long skipped = 0;
        while (skipped < frames) {
            long bytes = stream.skip((frames - skipped) * frameBytes);
            if (bytes <= 0) {
                break;
            }
            skipped += bytes / frameBytes;
        }
        return skipped;
    }

    /** Expands A-law and mu-law, and leaves everything else as it is. */
    private AudioInputStream linear() {
        AudioFormat format = stream.getFormat();
        Encoding encoding = format.getEncoding();
        return encoding.equals(Encoding.ALAW) || encoding.equals(Encoding.ULAW)
                ? AudioSystem.getAudioInputStream(Encoding.PCM_SIGNED, stream)
                : stream;
    }

    private long collect(AudioInputStream linear, PartCollector collector) throws IOException {
        AudioFormat format = linear.getFormat();
        SampleFormat samples = SampleFormat.of(file, format);
        int channels = format.getChannels();
        int frameBytes = format.getFrameSize();
        byte[] block = new byte[BLOCK_FRAMES * frameBytes];
        long frames = 0;
        while (!collector.isComplete()) {
            int read = linear.readNBytes(block, 0, block.length) / frameBytes;
            if (read == 0) {
                break;
            }
            for (int i = 0; i < read; i++) {
                double sum = 0;
                for (int c = 0; c < channels; c++) {
                    sum += samples.read(block, i * frameBytes + c * (frameBytes / channels));
                }
                if (!Double.isFinite(sum)) {
                    throw new AudioFormatException(
                            file, Problem.CORRUPT, "sample " + (frames + i) + " is " + sum);
                }
                collector.add((float) (sum / channels));
            }
            frames += read;
        }
        return frames;
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
