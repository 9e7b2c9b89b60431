package io.github.djlctc.examples.speech.audio;

/**
 * Changes the sample rate by band-limited interpolation with a windowed sinc.
 *
 * <p>The method is that of Julius O. Smith, <a
 * href="https://ccrma.stanford.edu/~jos/resample/">Digital Audio Resampling</a>, with the exact
 * polyphase filter for a rational ratio in place of an interpolated table, as in torchaudio's
 * {@code resample}:
 *
 * <pre>
 * y[j] = sum over k of x[k] h(j in/out - k),   h(t) = c sinc(c t) kaiser(c t / 24),
 * c = 0.92 min(1, out/in)
 * </pre>
 *
 * <p>The filter reaches over 24 zero crossings to each side, its Kaiser window has beta 7.5 (stop
 * band about 75 dB down), and it falls from 0.83 to 1.01 of the lower Nyquist frequency, half its
 * amplitude at 0.92. The taps of each phase are scaled to the sum 1, so that constant signals keep
 * their value. Outside of the signal, zeros are assumed.
 *
 * <p>Immutable and thread-safe; the filter is computed once, when the resampler is created.
 */
public final class Resampler {

    private static final int ZERO_CROSSINGS = 24;
    private static final int SUMS = 4;
    private static final double ROLLOFF = 0.92;
    private static final double KAISER_BETA = 7.5;
    private static final int MAX_SPEED_DENOMINATOR = 512;
    private static final double MIN_SPEED = 0.1;
    private static final double MAX_SPEED = 10;

    private final int stepIn;
    private final int stepOut;
    private final int reach;
    private final float[][] phases;

    private Resampler(int inputRate, int outputRate) {
        if (inputRate <= 0 || outputRate <= 0) {
            throw new IllegalArgumentException(
                    "sample rates above 0 expected: " + inputRate + " Hz to " + outputRate + " Hz");
        }
        int divisor = greatestCommonDivisor(inputRate, outputRate);
        stepIn = inputRate / divisor;
        stepOut = outputRate / divisor;
        double cutoff = ROLLOFF * Math.min(1.0, stepOut / (double) stepIn);
        reach = (int) Math.ceil(ZERO_CROSSINGS / cutoff);
        phases = stepIn == stepOut ? new float[0][] : phases(cutoff);
    }

    /**
     * Returns a resampler between two sample rates.
     *
     * @param inputRate samples per second of the input, above 0
     * @param outputRate samples per second of the output, above 0
     * @return the resampler
     */
    public static Resampler between(int inputRate, int outputRate) {
        return new Resampler(inputRate, outputRate);
    }

    /**
     * Returns a resampler that makes sound play faster or slower, pitch included, at an unchanged
     * sample rate: the speed perturbation of Ko et al., Audio Augmentation for Speech Recognition,
     * Interspeech 2015.
     *
     * @param factor the speed, from 0.1 to 10: 1.1 shortens the sound to 1/1.1 of its duration;
     *     taken as the nearest fraction with a denominator of at most 512
     * @return the resampler
     */
    public static Resampler speed(double factor) {
        if (!(factor >= MIN_SPEED && factor <= MAX_SPEED)) {
            throw new IllegalArgumentException(
                    "a speed from " + MIN_SPEED + " to " + MAX_SPEED + " expected: " + factor);
        }
        int best = 1;
        for (int d = 2; d <= MAX_SPEED_DENOMINATOR; d++) {
            // Strictly nearer by more than rounding, so that 1.1 becomes 11/10 and not 22/20.
            if (fractionError(factor, d) < fractionError(factor, best) - 1e-12) {
                best = d;
            }
        }
        return new Resampler((int) Math.round(factor * best), best);
    }

    private static double fractionError(double value, int denominator) {
        return Math.abs(Math.round(value * denominator) / (double) denominator - value);
    }

    /**
     * Resamples a signal.
     *
     * @param samples the n samples; not changed
     * @return ceil(n out / in) samples; the same array if the rates are equal
     */
    public float[] resample(float[] samples) {
        if (stepIn == stepOut) {
            return samples;
        }
        long length = ((long) samples.length * stepOut + stepIn - 1) / stepIn;
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    samples.length + " samples give " + length + ", more than an array holds");
        }
        Streams streams = new Streams(samples, reach, stepIn);
        float[] output = new float[(int) length];
        for (int first = 0; first < Math.min(stepOut, output.length); first++) {
            fillEveryStep(output, first, streams);
        }
        return output;
    }

    /**
     * The signal with zeros before and after it, divided into streams: sample i is element i / step
     * of stream i % step. The streams follow each other in one array.
     */
    private static final class Streams {

        private final int step;
        private final int length;
        private final float[] values;

        Streams(float[] samples, int reach, int step) {
            this.step = step;
            length = (samples.length + 2 * reach + 2 + step - 1) / step;
            values = new float[Math.multiplyExact(length, step)];
            int stream = reach % step;
            int element = reach / step;
            for (float sample : samples) {
                values[stream * length + element] = sample;
                stream++;
                if (stream == step) {
                    stream = 0;
                    element++;
                }
            }
        }

        void copy(int position, float[] destination) {
            int offset = position % step * length + position / step;
            System.arraycopy(values, offset, destination, 0, destination.length);
        }
    }

    /**
     * Computes the output samples first, first + stepOut and so on. They have the same taps, and
     * the factors of one tap are neighbours in a stream, so that the JVM can compute several
     * samples at once by vector instructions. Each sample is the sum of four partial sums of fixed
     * order.
     */
    private void fillEveryStep(float[] output, int first, Streams streams) {
        float[] taps = phases[(int) ((long) first * stepIn % stepOut)];
        int start = (int) ((long) first * stepIn / stepOut);
        int count = (output.length - first + stepOut - 1) / stepOut;
        float[][] sums = new float[SUMS][count];
        float[] factors = new float[count];
        int whole = taps.length / SUMS * SUMS;
        for (int i = 0; i < taps.length; i++) {
            // Copied, since the JVM uses vectors only where both indices are the same.
            streams.copy(start + i, factors);
            addProduct(sums[i < whole ? i % SUMS : 0], taps[i], factors);
        }
        for (int m = 0; m < count; m++) {
            output[first + m * stepOut] = (sums[0][m] + sums[1][m]) + (sums[2][m] + sums[3][m]);
        }
    }

    private static void addProduct(float[] sums, float tap, float[] factors) {
        for (int m = 0; m < sums.length; m++) {
            sums[m] += tap * factors[m];
        }
    }

    boolean isIdentity() {
        return stepIn == stepOut;
    }

    /** Returns by how many input samples, times {@link #stepOut}, an output sample advances. */
    int stepIn() {
        return stepIn;
    }

    /** Returns the number of phases. */
    int stepOut() {
        return stepOut;
    }

    /** Returns how many samples before its position an output sample depends on. */
    int reach() {
        return reach;
    }

    /**
     * Computes one output sample, by the additions of {@link #fillEveryStep} in the same order.
     *
     * @param phase its phase, from 0 to stepOut - 1
     * @param samples the input
     * @param start where the sample is that lies {@link #reach} before the output's position; of 2
     *     reach + 2 samples from there on, the output is made
     */
    float filter(int phase, float[] samples, int start) {
        float[] taps = phases[phase];
        int whole = taps.length / SUMS * SUMS;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int i = 0; i < whole; i += SUMS) {
            sum0 += taps[i] * samples[start + i];
            sum1 += taps[i + 1] * samples[start + i + 1];
            sum2 += taps[i + 2] * samples[start + i + 2];
            sum3 += taps[i + 3] * samples[start + i + 3];
        }
        for (int i = whole; i < taps.length; i++) {
            sum0 += taps[i] * samples[start + i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /** Returns for each phase p the taps h(p/stepOut - k) for k from -reach to reach + 1. */
    private float[][] phases(double cutoff) {
        float[][] taps = new float[stepOut][2 * reach + 2];
        double[] h = new double[2 * reach + 2];
        for (int p = 0; p < stepOut; p++) {
            double sum = 0;
            for (int i = 0; i < h.length; i++) {
                h[i] = windowedSinc(cutoff * (p / (double) stepOut - (i - reach)));
                sum += h[i];
            }
            for (int i = 0; i < h.length; i++) {
                taps[p][i] = (float) (h[i] / sum);
            }
        }
        return taps;
    }

    private static double windowedSinc(double t) {
        double position = t / ZERO_CROSSINGS;
        if (Math.abs(position) >= 1) {
            return 0;
        }
        double sinc = t == 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
        return sinc * besselI0(KAISER_BETA * Math.sqrt(1 - position * position));
    }

    /** The modified Bessel function of order 0, by its power series. */
    private static double besselI0(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
