package io.github.djlctc.examples.speech.augment;

import java.util.random.RandomGenerator;

/** Stationary random noise, by the shape of its spectrum. */
public enum Noise {

    /** The same power at every frequency: Gaussian samples, independent of each other. */
    WHITE {
        @Override
        public float[] samples(int count, RandomGenerator random) {
            float[] samples = new float[count];
            for (int i = 0; i < count; i++) {
                samples[i] = (float) random.nextGaussian();
            }
            return samples;
        }
    },

    /**
     * The same power in every octave, as of traffic, wind and many voices: by the algorithm of Voss
     * and McCartney (R. F. Voss and J. Clarke, 1/f noise in music, J. Acoust. Soc. Am. 63, 1978),
     * which sums sources of which each is renewed half as often as the one before.
     */
    PINK {
        @Override
        public float[] samples(int count, RandomGenerator random) {
            float[] sources = WHITE.samples(PINK_SOURCES, random);
            double scale = 1 / Math.sqrt(PINK_SOURCES + 1.0);
            double sum = 0;
            for (float source : sources) {
                sum += source;
            }
            float[] samples = new float[count];
            for (int i = 0; i < count; i++) {
                int renewed = Math.min(Integer.numberOfTrailingZeros(i + 1), PINK_SOURCES - 1);
                float source = (float) random.nextGaussian();
                sum += source - sources[renewed];
                sources[renewed] = source;
                samples[i] = (float) ((sum + random.nextGaussian()) * scale);
            }
            return samples;
        }
    };

    /** Octaves: at 16 kHz, pink down to 8000 / 2^12 = 2 Hz. */
    private static final int PINK_SOURCES = 12;

    /**
     * Makes noise.
     *
     * @param count the number of samples, at least 0
     * @param random the source of randomness
     * @return samples of mean 0 and variance 1, in expectation
     */
    public abstract float[] samples(int count, RandomGenerator random);
}
