package io.github.djlctc.examples.speech.audio;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Noise, and what streams make of sound that comes in parts. */
public final class SoundInParts {

    private SoundInParts() {}

    /** Takes the next samples, and returns what is final with them. */
    @FunctionalInterface
    public interface Part {
        float[] accept(float[] samples, int offset, int length);
    }

    /** Returns Gaussian noise with a deviation of 0.1. */
    public static float[] noise(int samples, long seed) {
        Random random = new Random(seed);
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = (float) (0.1 * random.nextGaussian());
        }
        return noise;
    }

    /** Returns what the parts of a sound, of these lengths, and then its end give. */
    public static float[] collect(
            float[] sound, List<Integer> parts, Part part, Supplier<float[]> end) {
        float[] all = new float[0];
        int from = 0;
        for (int length : parts) {
            all = join(all, part.accept(sound, from, length));
            from += length;
        }
        return join(all, end.get());
    }

    /** Returns values, and others behind them. */
    public static float[] join(float[] first, float[] second) {
        float[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
