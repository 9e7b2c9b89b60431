package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.speech.audio.Waveform;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Sentences with pauses before, between and after them, as a microphone would give them. */
public final class SpokenSentences {

    /** Samples per second of all sound. */
    public static final int SAMPLE_RATE = Synthesizer.SAMPLE_RATE;

    private static final double NOISE = 3e-4;

    private SpokenSentences() {}

    /** Speaks sentences, with a pause of some seconds before each and after the last. */
    public static Waveform speak(double pauseSeconds, String... sentences) {
        Synthesizer synthesizer = new Synthesizer();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Random random = new Random(1);
        int pause = (int) (pauseSeconds * SAMPLE_RATE);
        addNoise(bytes, pause, random);
        for (String sentence : sentences) {
            SpeakerSettings speaker = new SpeakerSettings(120, 15, 1.1, 1);
            for (float sample : synthesizer.speak(sentence, speaker).sound().samples()) {
                add(bytes, sample);
            }
            addNoise(bytes, pause, random);
        }
        byte[] pcm = bytes.toByteArray();
        float[] samples = new float[pcm.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] =
                    (short) ((pcm[2 * i + 1] << 8) | (pcm[2 * i] & 0xFF))
                            / Waveform.SIXTEEN_BIT_STEPS;
        }
        return new Waveform(samples, SAMPLE_RATE);
    }

    private static void addNoise(ByteArrayOutputStream bytes, int samples, Random random) {
        for (int i = 0; i < samples; i++) {
            add(bytes, (float) (NOISE * random.nextGaussian()));
        }
    }

    private static void add(ByteArrayOutputStream bytes, float sample) {
        int value = Math.round(Math.max(-1, Math.min(1, sample)) * Short.MAX_VALUE);
        bytes.write(value);
        bytes.write(value >> 8);
    }

    /** Returns the samples as raw sound: 16 bits, the low byte first. */
    public static byte[] pcm(Waveform sound) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (float sample : sound.samples()) {
            add(bytes, sample);
        }
        return bytes.toByteArray();
    }

    /** Writes a WAV file. */
    public static void write(Waveform sound, Path file) throws IOException {
        byte[] pcm = pcm(sound);
        AudioFormat format = new AudioFormat(sound.sampleRate(), Short.SIZE, 1, true, false);
        try (AudioInputStream stream =
                new AudioInputStream(new ByteArrayInputStream(pcm), format, pcm.length / 2)) {
            AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
        }
    }
}
