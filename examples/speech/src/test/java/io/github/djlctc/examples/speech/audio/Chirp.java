package io.github.djlctc.examples.speech.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A quarter of a second of a rising tone at 16 kHz, 100 Hz higher in each further channel. */
final class Chirp {

    static final int SAMPLE_RATE = 16_000;
    static final int SAMPLES = 4_000;

    private Chirp() {}

    /** Returns sample n as an integer of that many bits. */
    static int sample(int n, int bits, int channel) {
        return sample(n, SAMPLE_RATE, bits, channel);
    }

    private static int sample(int n, int sampleRate, int bits, int channel) {
        double t = n / (double) sampleRate;
        double phase = 2 * StrictMath.PI * ((200 + channel * 100) * t + 0.5 * 3000 / 0.25 * t * t);
        return (int) StrictMath.round(0.9 * ((1 << (bits - 1)) - 1) * StrictMath.sin(phase));
    }

    /** Returns the samples as they should be read: the mean of the channels, at full scale 1. */
    static float[] mono(int bits, int channels) {
        return mono(SAMPLE_RATE, bits, channels);
    }

    /** Returns the samples of the same chirp at another rate. */
    static float[] mono(int sampleRate, int bits, int channels) {
        float[] samples = new float[sampleRate / 4];
        for (int n = 0; n < samples.length; n++) {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += sample(n, sampleRate, bits, c);
            }
            samples[n] = (float) (sum / channels / (1 << (bits - 1)));
        }
        return samples;
    }

    /** Writes integer samples to a file that Java Sound can write. */
    static Path write(Path file, AudioFileFormat.Type type, AudioFormat format) throws IOException {
        int bits = format.getSampleSizeInBits();
        int bytes = bits / 8;
        int channels = format.getChannels();
        boolean unsigned = format.getEncoding().equals(AudioFormat.Encoding.PCM_UNSIGNED);
        byte[] data = new byte[SAMPLES * channels * bytes];
        int position = 0;
        for (int n = 0; n < SAMPLES; n++) {
            for (int c = 0; c < channels; c++) {
                int value = bits == 32 ? sample(n, 24, c) << 8 : sample(n, bits, c);
                value = unsigned ? value + (1 << (bits - 1)) : value;
                for (int b = 0; b < bytes; b++) {
                    int shift = 8 * (format.isBigEndian() ? bytes - 1 - b : b);
                    data[position++] = (byte) (value >> shift);
                }
            }
        }
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(data), format, SAMPLES),
                type,
                file.toFile());
        return file;
    }
}
