package io.github.djlctc.examples.speech.corpus;

import io.github.djlctc.examples.speech.audio.AudioFiles;
import io.github.djlctc.examples.speech.audio.Resampler;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Recordings of one speaker, joined with gaps of 0.03 to 0.35 s before, between and after them. The
 * gaps hold white noise as strong as the quietest 10 ms of the recordings, since digital silence
 * would give the joins away.
 */
record DigitStringSound(List<FsddRecording> recordings, long seed) implements Utterance.Source {

    private static final double MIN_GAP_SECONDS = 0.03;
    private static final double MAX_GAP_SECONDS = 0.35;
    private static final double FADE_SECONDS = 0.002;
    private static final double FLOOR_WINDOW_SECONDS = 0.01;

    /**
     * Some recordings start and end within speech: their quietest moment is no background noise.
     */
    private static final double MAX_FLOOR = 0.003;

    @Override
    public OptionalInt sampleRate() {
        return recordings.get(0).sound().sampleRate();
    }

    @Override
    public Waveform read() throws IOException {
        List<float[]> digits = new ArrayList<>();
        int rate = 0;
        for (FsddRecording recording : recordings) {
            Waveform sound = AudioFiles.read(recording.file());
            rate = rate == 0 ? sound.sampleRate() : rate;
            float[] samples = Resampler.between(sound.sampleRate(), rate).resample(sound.samples());
            digits.add(samples);
        }
        return join(digits, rate);
    }

    private Waveform join(List<float[]> digits, int rate) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] gaps = new int[digits.size() + 1];
        int length = 0;
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (int) (rate * random.nextDouble(MIN_GAP_SECONDS, MAX_GAP_SECONDS));
            length += gaps[i] + (i < digits.size() ? digits.get(i).length : 0);
        }
        double floor = noiseFloor(digits, rate);
        float[] joined = new float[length];
        int position = addNoise(joined, 0, gaps[0], floor, random);
        for (int i = 0; i < digits.size(); i++) {
            float[] digit = digits.get(i);
            fade(digit, (int) (rate * FADE_SECONDS));
            System.arraycopy(digit, 0, joined, position, digit.length);
            position = addNoise(joined, position + digit.length, gaps[i + 1], floor, random);
        }
        return new Waveform(joined, rate);
    }

    private static int addNoise(
            float[] samples, int start, int length, double deviation, SplittableRandom random) {
        for (int i = start; i < start + length; i++) {
            samples[i] = (float) (deviation * random.nextGaussian());
        }
        return start + length;
    }

    /** Fades both ends, so that joins do not click. */
    private static void fade(float[] samples, int length) {
        int n = Math.min(length, samples.length / 2);
        for (int i = 0; i < n; i++) {
            float gain = (i + 1) / (float) (n + 1);
            samples[i] *= gain;
            samples[samples.length - 1 - i] *= gain;
        }
    }

    /** Returns the root mean square of the quietest window. */
    private static double noiseFloor(List<float[]> digits, int rate) {
        int window = (int) (rate * FLOOR_WINDOW_SECONDS);
        double quietest = MAX_FLOOR * MAX_FLOOR;
        for (float[] digit : digits) {
            for (int start = 0; start + window <= digit.length; start += window) {
                double energy = 0;
                for (int i = start; i < start + window; i++) {
                    energy += digit[i] * digit[i];
                }
                quietest = Math.min(quietest, energy / window);
            }
        }
        return Math.sqrt(quietest);
    }
}
