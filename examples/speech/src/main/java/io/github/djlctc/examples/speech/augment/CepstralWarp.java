package io.github.djlctc.examples.speech.augment;

import io.github.djlctc.examples.common.random.UniformRange;

import java.util.random.RandomGenerator;

/**
 * Vocal-tract length perturbation of features that are cepstra already: Jaitly and Hinton, Vocal
 * Tract Length Perturbation (VTLP) improves speech recognition, ICML WDLASL 2013.
 *
 * <p>The paper moves the centre frequencies of the mel filters, f to
 *
 * <pre>
 * f' = alpha f                                                  for f &lt;= F min(alpha, 1) / alpha
 * f' = H - (H - F min(alpha, 1)) / (H - F min(alpha, 1) / alpha) (H - f)             for f above
 * </pre>
 *
 * where H is the upper edge of the filter bank and F = 0.6 H (4800 Hz of 8000 Hz, as in the paper).
 * Here, where only the cepstra c = D s of the log-mel bands s are left, a smooth spectrum is taken
 * from them and read at the moved centres by linear interpolation between bands: c' = D W(alpha)
 * D^T c, with D the first rows of the orthonormal DCT-II (c0 included, no lifter). At alpha = 1
 * this is the identity. Cepstra that have another scale per coefficient, c0 excepted, should be
 * rescaled first; c0 itself has no influence on the others.
 *
 * <p>A frame may hold several groups of cepstra, such as statics and their deltas: each is warped
 * alike, which is right since deltas are linear. Apply it before any normalisation.
 */
public final class CepstralWarp implements FeatureAugmentation {

    private static final double LINEAR_SHARE = 0.6;

    private final double[][] cosines;
    private final double lowFrequency;
    private final double highFrequency;
    private final UniformRange alphas;

    private CepstralWarp(Builder builder) {
        cosines = cosines(builder.cepstra, builder.bands);
        lowFrequency = builder.lowFrequency;
        highFrequency = builder.highFrequency;
        alphas = builder.alphas;
    }

    /**
     * Returns a builder, set to 13 cepstra of 40 bands from 0 to 8000 Hz and to the paper's alpha
     * from 0.9 to 1.1.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Warps the cepstra of all frames by one random alpha.
     *
     * @throws IllegalArgumentException if the dimensions are no multiple of the number of cepstra
     */
    @Override
    public float[] apply(float[] values, int dimensions, RandomGenerator random) {
        int cepstra = cosines.length;
        if (dimensions % cepstra != 0) {
            throw new IllegalArgumentException(
                    "features of "
                            + dimensions
                            + " dimensions are no groups of "
                            + cepstra
                            + " cepstra; set the number of cepstra to what the features have");
        }
        double[][] matrix = matrix(alphas.draw(random));
        float[] warped = new float[values.length];
        for (int group = 0; group < values.length; group += cepstra) {
            for (int i = 0; i < cepstra; i++) {
                double sum = 0;
                for (int j = 0; j < cepstra; j++) {
                    sum += matrix[i][j] * values[group + j];
                }
                warped[group + i] = (float) sum;
            }
        }
        return warped;
    }

    /** Returns D W(alpha) D^T. */
    double[][] matrix(double alpha) {
        int cepstra = cosines.length;
        double[] positions = positions(alpha);
        double[][] matrix = new double[cepstra][cepstra];
        for (int j = 0; j < cepstra; j++) {
            for (int band = 0; band < positions.length; band++) {
                double read = interpolate(cosines[j], positions[band]);
                for (int i = 0; i < cepstra; i++) {
                    matrix[i][j] += cosines[i][band] * read;
                }
            }
        }
        return matrix;
    }

    /** Returns for each band where it reads the spectrum, in bands. */
    private double[] positions(double alpha) {
        int bands = cosines[0].length;
        double low = mel(lowFrequency);
        double spacing = (mel(highFrequency) - low) / (bands + 1);
        double[] positions = new double[bands];
        for (int band = 0; band < bands; band++) {
            double moved = warp(hertz(low + (band + 1) * spacing), alpha);
            positions[band] = Math.max(0, Math.min(bands - 1, (mel(moved) - low) / spacing - 1));
        }
        return positions;
    }

    private double warp(double frequency, double alpha) {
        double knee = LINEAR_SHARE * highFrequency * Math.min(alpha, 1);
        if (frequency <= knee / alpha) {
            return alpha * frequency;
        }
        double slope = (highFrequency - knee) / (highFrequency - knee / alpha);
        return highFrequency - slope * (highFrequency - frequency);
    }

    private static double interpolate(double[] values, double position) {
        int left = (int) position;
        int right = Math.min(left + 1, values.length - 1);
        return values[left] + (position - left) * (values[right] - values[left]);
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }

    /** Returns the first rows of the orthonormal DCT-II. */
    private static double[][] cosines(int cepstra, int bands) {
        double[][] cosines = new double[cepstra][bands];
        for (int i = 0; i < cepstra; i++) {
            double scale = Math.sqrt((i == 0 ? 1.0 : 2.0) / bands);
            for (int band = 0; band < bands; band++) {
                cosines[i][band] = scale * Math.cos(Math.PI * i * (band + 0.5) / bands);
            }
        }
        return cosines;
    }

    /** Sets up a {@link CepstralWarp}. */
    public static final class Builder {

        private int cepstra = 13;
        private int bands = 40;
        private double lowFrequency;
        private double highFrequency = 8000;
        private UniformRange alphas = new UniformRange(0.9, 1.1);

        private Builder() {}

        /**
         * Sets the number of cepstra in a group.
         *
         * @param count cepstra, c0 included, above 0 and at most the number of bands
         * @return this builder
         */
        public Builder optCepstra(int count) {
            cepstra = count;
            return this;
        }

        /**
         * Sets the mel filter bank that the cepstra were computed from.
         *
         * @param count the number of bands
         * @param low the lower edge of the lowest band in Hz, at least 0
         * @param high the upper edge of the highest band in Hz, above the lower edge
         * @return this builder
         */
        public Builder optFilterBank(int count, double low, double high) {
            bands = count;
            lowFrequency = low;
            highFrequency = high;
            return this;
        }

        /**
         * Sets the range of alpha.
         *
         * @param range alpha, above 0: above 1 a band reads at a higher frequency, so formants move
         *     down, as of a longer vocal tract
         * @return this builder
         * @throws IllegalArgumentException if an alpha of 0 or below is in the range
         */
        public Builder optAlpha(UniformRange range) {
            alphas = range.requirePositive("alpha");
            return this;
        }

        /**
         * Builds the augmentation.
         *
         * @return the augmentation
         * @throws IllegalArgumentException if a value is out of its range
         */
        public CepstralWarp build() {
            if (cepstra <= 0 || cepstra > bands) {
                throw new IllegalArgumentException(
                        "1 to " + bands + " cepstra of " + bands + " bands expected: " + cepstra);
            }
            if (!(lowFrequency >= 0
                    && lowFrequency < highFrequency
                    && Double.isFinite(highFrequency))) {
                throw new IllegalArgumentException(
                        "a filter bank from "
                                + lowFrequency
                                + " Hz to "
                                + highFrequency
                                + " Hz is empty");
            }
            return new CepstralWarp(this);
        }
    }
}
