package io.github.djlctc.examples.speech.audio;

/**
 * Signed 16-bit samples, two bytes each with the low one first, as WAV files and raw sound have
 * them.
 */
public final class SixteenBitPcm {

    /** The bytes of a sample. */
    public static final int SAMPLE_BYTES = 2;

    private SixteenBitPcm() {}

    /**
     * Rounds a sample.
     *
     * @param sample nominally in [-1, 1]
     * @return the nearest step; samples outside of [-1, 1 - 2<sup>-15</sup>] are cut off
     */
    public static short step(float sample) {
        int step = Math.round(sample * Waveform.SIXTEEN_BIT_STEPS);
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, step));
    }

    /**
     * Encodes samples.
     *
     * @param samples the samples, rounded as by {@link #step}
     * @return their bytes
     */
    public static byte[] encode(float[] samples) {
        byte[] bytes = new byte[Math.multiplyExact(SAMPLE_BYTES, samples.length)];
        for (int i = 0; i < samples.length; i++) {
            short step = step(samples[i]);
            bytes[2 * i] = (byte) step;
            bytes[2 * i + 1] = (byte) (step >> 8);
        }
        return bytes;
    }

    /**
     * Decodes samples.
     *
     * @param bytes holds their bytes
     * @param start the first byte of the first one
     * @param samples takes them, in [-1, 1)
     * @param offset where the first one goes
     * @param count how many samples
     */
    public static void decode(byte[] bytes, int start, float[] samples, int offset, int count) {
        for (int i = 0; i < count; i++) {
            int at = start + SAMPLE_BYTES * i;
            int step = (bytes[at + 1] << 8) | (bytes[at] & 0xFF);
            samples[offset + i] = step / Waveform.SIXTEEN_BIT_STEPS;
        }
    }
}
