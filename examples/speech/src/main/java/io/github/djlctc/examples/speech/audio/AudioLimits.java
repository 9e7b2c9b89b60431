package io.github.djlctc.examples.speech.audio;

import io.github.djlctc.examples.speech.audio.AudioFormatException.Problem;

import java.nio.file.Path;

/** The limits of the values in a header. */
final class AudioLimits {

    private static final int MIN_SAMPLE_RATE = 1_000;
    private static final int MAX_SAMPLE_RATE = 384_000;
    private static final int MAX_CHANNELS = 64;

    private AudioLimits() {}

    static int checkSampleRate(Path file, float sampleRate) throws AudioFormatException {
        if (!(sampleRate >= MIN_SAMPLE_RATE && sampleRate <= MAX_SAMPLE_RATE)) {
            throw new AudioFormatException(
                    file,
                    Problem.UNSUPPORTED,
                    "its sample rate is "
                            + sampleRate
                            + " Hz, not "
                            + MIN_SAMPLE_RATE
                            + " to "
                            + MAX_SAMPLE_RATE);
        }
        return Math.round(sampleRate);
    }

    static void checkChannels(Path file, int channels) throws AudioFormatException {
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw new AudioFormatException(
                    file,
                    Problem.UNSUPPORTED,
                    "it has " + channels + " channels, not 1 to " + MAX_CHANNELS);
        }
    }
}
