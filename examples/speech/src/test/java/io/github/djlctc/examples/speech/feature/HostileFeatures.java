package io.github.djlctc.examples.speech.feature;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Signal;
import io.github.djlctc.examples.speech.audio.Waveform;

import java.util.Random;

/**
 * Makes features of random signals that may not fit the extractor, in a JVM that they may kill:
 * {@code java ...HostileFeatures 100000 1} makes 100,000 calls, from the seed 1 on. The last line
 * that it prints counts the results and the refusals.
 */
public final class HostileFeatures {

    private static final float[] HOSTILE = {
        Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f, -Float.MAX_VALUE
    };

    private HostileFeatures() {}

    /** Makes the calls; the first argument is their number, the second the seed. */
    public static void main(String[] arguments) {
        int calls = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        int refused = 0;
        for (int i = 0; i < calls; i++) {
            try {
                call(new Random(seed + i));
            } catch (IllegalArgumentException e) {
                refused++;
            }
            if (i % 5_000 == 0) {
                System.out.println("call " + i);
            }
        }
        System.out.println((calls - refused) + " results, " + refused + " refusals");
    }

    private static void call(Random random) {
        int rate = rate(random);
        int dimensions = random.nextInt(10) == 0 ? random.nextInt() : 1 + random.nextInt(20);
        FeatureConfig config =
                random.nextInt(5) == 0
                        ? FeatureConfig.precomputed(dimensions, 0.01)
                        : FeatureConfig.logMel(rate, dimensions);
        FeatureExtractor extractor = config.extractor();
        FeatureMatrix features = extractor.extract(signal(random, rate, dimensions));
        for (float value : features.values()) {
            if (!Float.isFinite(value)) {
                throw new AssertionError("a feature is " + value);
            }
        }
    }

    private static int rate(Random random) {
        int[] rates = {8_000, 1_000, 11_025, 16_000, random.nextInt(), 0, -1, 400_000};
        return rates[random.nextInt(random.nextInt(4) == 0 ? rates.length : 4)];
    }

    private static Signal signal(Random random, int rate, int dimensions) {
        float[] values = new float[random.nextInt(10) == 0 ? 0 : random.nextInt(2_000)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        if (values.length > 0 && random.nextInt(6) == 0) {
            values[random.nextInt(values.length)] = HOSTILE[random.nextInt(HOSTILE.length)];
        }
        return random.nextInt(5) == 0
                ? new FeatureMatrix(values, random.nextInt(6) == 0 ? dimensions + 1 : dimensions)
                : new Waveform(values, random.nextInt(6) == 0 ? rate + 1 : rate);
    }
}
