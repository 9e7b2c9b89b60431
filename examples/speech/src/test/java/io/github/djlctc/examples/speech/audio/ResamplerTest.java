package io.github.djlctc.examples.speech.audio;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ResamplerTest {

    /** Samples next to each end, where the filter reaches over it. */
    private static final int EDGE_SECONDS_DIVISOR = 50;

    @ParameterizedTest
    @CsvSource({
        "8000, 16000, 440", "8000, 16000, 3300", "16000, 8000, 440", "16000, 8000, 3300",
        "44100, 16000, 1000", "44100, 16000, 6600", "48000, 16000, 6600", "16000, 22050, 6600",
        "11025, 16000, 4500",
    })
    void keepsFrequencyAmplitudeAndPhaseOfASine(int in, int out, double frequency) {
        float[] output = Resampler.between(in, out).resample(sine(frequency, in, in / 2));

        assertThat(greatestDifference(output, sine(frequency, out, out / 2), out)).isLessThan(1e-3);
    }

    @ParameterizedTest
    @CsvSource({
        "16000, 8000, 4100",
        "16000, 8000, 5000",
        "16000, 8000, 7900",
        "44100, 16000, 8200",
        "44100, 16000, 20000",
        "48000, 16000, 11000",
    })
    void suppressesAliasesByMoreThan60Decibels(int in, int out, double frequency) {
        float[] output = Resampler.between(in, out).resample(sine(frequency, in, in / 2));

        assertThat(greatestDifference(output, new float[out / 2], out)).isLessThan(1e-3);
    }

    @ParameterizedTest
    @CsvSource({"8000, 16000", "44100, 16000", "16000, 8000", "10, 11"})
    void keepsConstants(int in, int out) {
        float[] ones = new float[2000];
        Arrays.fill(ones, 1);

        float[] output = Resampler.between(in, out).resample(ones);

        for (int i = output.length / 4; i < output.length * 3 / 4; i++) {
            assertThat(output[i]).isEqualTo(1, within(1e-6f));
        }
    }

    @Property(tries = 200, seed = "1")
    void givesTheRoundedUpLength(
            @ForAll @IntRange(max = 500) int n,
            @ForAll @IntRange(min = 1, max = 100) int in,
            @ForAll @IntRange(min = 1, max = 100) int out) {
        float[] output = Resampler.between(in, out).resample(new float[n]);

        assertThat(output).hasSize((int) Math.ceil(n * out / (double) in));
    }

    @Test
    void isLinear() {
        Resampler resampler = Resampler.between(44_100, 16_000);
        float[] x = noise(1);
        float[] y = noise(2);
        float[] mix = new float[x.length];
        for (int i = 0; i < mix.length; i++) {
            mix[i] = 0.5f * x[i] - 2 * y[i];
        }

        float[] ofX = resampler.resample(x);
        float[] ofY = resampler.resample(y);
        float[] ofMix = resampler.resample(mix);

        for (int i = 0; i < ofMix.length; i++) {
            assertThat(ofMix[i]).isEqualTo(0.5f * ofX[i] - 2 * ofY[i], within(1e-5f));
        }
    }

    /** Lengths at which the loops over samples and taps end early or run only once. */
    @ParameterizedTest
    @CsvSource({"1, 10, 11", "7, 3, 100", "41, 100, 3", "3000, 11, 10", "3000, 441, 160"})
    void computesEachSampleByTheFilterOfItsPosition(int n, int in, int out) {
        float[] x = Arrays.copyOf(noise(4), n);
        float[] y = Resampler.between(in, out).resample(x);

        for (int j = 0; j < y.length; j++) {
            assertThat(y[j])
                    .isEqualTo((float) filtered(x, j * (double) in / out, in, out), within(2e-6f));
        }
    }

    /** The documented filter at a position, in float64, its taps scaled to the sum 1. */
    private static double filtered(float[] x, double position, int in, int out) {
        double cutoff = 0.92 * Math.min(1, out / (double) in);
        int reach = (int) Math.ceil(24 / cutoff);
        double sum = 0;
        double weights = 0;
        for (int k = (int) position - reach; k <= (int) position + reach + 1; k++) {
            double t = cutoff * (position - k);
            double h = Math.abs(t) >= 24 ? 0 : sinc(t) * bessel(7.5 * Math.sqrt(1 - t * t / 576));
            weights += h;
            sum += k >= 0 && k < x.length ? h * x[k] : 0;
        }
        return sum / weights;
    }

    private static double sinc(double t) {
        return t == 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
    }

    private static double bessel(double x) {
        double sum = 0;
        for (int i = 0; i < 1000; i++) {
            // I0(x) as the mean of exp(x cos(a)) over the circle.
            sum += Math.exp(x * Math.cos(2 * Math.PI * i / 1000)) / 1000;
        }
        return sum;
    }

    @Test
    void returnsTheSignalItselfAtEqualRates() {
        float[] x = noise(3);

        assertThat(Resampler.between(16_000, 16_000).resample(x)).isSameAs(x);
        assertThat(Resampler.speed(1).resample(x)).isSameAs(x);
    }

    @ParameterizedTest
    @CsvSource({"0.9, 17778", "1.1, 14546", "1.0371, 15428", "0.5, 32000"})
    void changesSpeedAndPitch(double factor, int length) {
        float[] output = Resampler.speed(factor).resample(sine(1000, 16_000, 16_000));

        assertThat(output.length).isCloseTo(length, within(1));
        int crossings = 0;
        for (int i = 1; i < output.length; i++) {
            crossings += output[i - 1] < 0 && output[i] >= 0 ? 1 : 0;
        }
        double frequency = crossings / (output.length / 16_000.0);
        assertThat(frequency).isEqualTo(1000 * factor, within(2.0));
    }

    @Test
    void rejectsAbsurdRates() {
        assertThatThrownBy(() -> Resampler.between(0, 16_000))
                .hasMessageContaining("0 Hz to 16000 Hz");
        assertThatThrownBy(() -> Resampler.speed(0)).hasMessageContaining("0.1 to 10.0");
        assertThatThrownBy(() -> Resampler.speed(Double.NaN)).hasMessageContaining("NaN");
    }

    private static double greatestDifference(float[] a, float[] b, int rate) {
        assertThat(a).hasSize(b.length);
        int edge = rate / EDGE_SECONDS_DIVISOR;
        double greatest = 0;
        for (int i = edge; i < a.length - edge; i++) {
            greatest = Math.max(greatest, Math.abs(a[i] - b[i]));
        }
        return greatest;
    }

    private static float[] sine(double frequency, int rate, int length) {
        float[] samples = new float[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (float) Math.sin(2 * Math.PI * frequency * i / rate);
        }
        return samples;
    }

    private static float[] noise(long seed) {
        Random random = new Random(seed);
        float[] samples = new float[3000];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) random.nextGaussian();
        }
        return samples;
    }
}
