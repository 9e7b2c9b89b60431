package io.github.djlctc.examples.speech.corpus.synthetic;

import io.github.djlctc.examples.speech.audio.SoundInParts;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.util.Random;

/** Sentences with pauses before, between and after them, as a microphone would give them. */
public final class SpokenSentences {

    /** Samples per second of all sound. */
    public static final int SAMPLE_RATE = Synthesizer.SAMPLE_RATE;

    private static final double NOISE = 3e-4;

    private SpokenSentences() {}

    /** Speaks sentences, with a pause of some seconds before each and after the last. */
    public static Waveform speak(double pauseSeconds, String... sentences) {
        Synthesizer synthesizer = new Synthesizer();
        SpeakerSettings speaker = new SpeakerSettings(120, 15, 1.1, 1);
        Random random = new Random(1);
        int pause = (int) (pauseSeconds * SAMPLE_RATE);
        float[] samples = noise(pause, random);
        for (String sentence : sentences) {
            samples =
                    SoundInParts.join(
                            samples, synthesizer.speak(sentence, speaker).sound().samples());
            samples = SoundInParts.join(samples, noise(pause, random));
        }
        return new SixteenBits().apply(new Waveform(samples, SAMPLE_RATE), random);
    }

    private static float[] noise(int samples, Random random) {
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) (NOISE * random.nextGaussian());
        }
        return noise;
    }
}
