package io.github.djlctc.examples.speech.listen;

import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Sound without a header: signed 16-bit samples, the low byte first, one channel. */
public final class RawSound implements AudioStream {

    private static final int SAMPLE_BYTES = 2;

    private final InputStream in;
    private final int sampleRate;
    private byte[] bytes = new byte[0];

    /**
     * Creates the sound.
     *
     * @param in its bytes; an odd one at the end is left
     * @param sampleRate samples per second, above 0
     */
    public RawSound(InputStream in, int sampleRate) {
        this.in = Objects.requireNonNull(in, "in");
        this.sampleRate = sampleRate;
    }

    @Override
    public int sampleRate() {
        return sampleRate;
    }

    @Override
    public int read(float[] buffer, int offset, int length) throws IOException {
        if (bytes.length < SAMPLE_BYTES * length) {
            bytes = new byte[SAMPLE_BYTES * length];
        }
        int filled = in.read(bytes, 0, SAMPLE_BYTES * length);
        if (filled > 0 && filled % SAMPLE_BYTES == 1) {
            int last = in.read();
            if (last >= 0) {
                bytes[filled] = (byte) last;
                filled++;
            }
        }
        int samples = filled / SAMPLE_BYTES;
        if (samples == 0) {
            return -1;
        }
        decode(bytes, samples, buffer, offset);
        return samples;
    }

    /**
     * Decodes samples.
     *
     * @param bytes two bytes a sample, the low one first
     * @param samples how many samples
     * @param target takes them, in [-1, 1)
     * @param offset where the first one goes
     */
    private static void decode(byte[] bytes, int samples, float[] target, int offset) {
        for (int i = 0; i < samples; i++) {
            int value = (bytes[2 * i + 1] << 8) | (bytes[2 * i] & 0xFF);
            target[offset + i] = value / Waveform.SIXTEEN_BIT_STEPS;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
