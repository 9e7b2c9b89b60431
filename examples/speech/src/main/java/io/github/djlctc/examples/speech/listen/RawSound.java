package io.github.djlctc.examples.speech.listen;

import io.github.djlctc.examples.speech.audio.AudioStream;
import io.github.djlctc.examples.speech.audio.SixteenBitPcm;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Sound without a header: signed 16-bit samples, the low byte first, one channel. */
public final class RawSound implements AudioStream {

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
        if (bytes.length < SixteenBitPcm.SAMPLE_BYTES * length) {
            bytes = new byte[SixteenBitPcm.SAMPLE_BYTES * length];
        }
        int filled = in.read(bytes, 0, SixteenBitPcm.SAMPLE_BYTES * length);
        if (filled > 0 && filled % SixteenBitPcm.SAMPLE_BYTES == 1) {
            int last = in.read();
            if (last >= 0) {
                bytes[filled] = (byte) last;
                filled++;
            }
        }
        int samples = filled / SixteenBitPcm.SAMPLE_BYTES;
        if (samples == 0) {
            return -1;
        }
        SixteenBitPcm.decode(bytes, 0, buffer, offset, samples);
        return samples;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
