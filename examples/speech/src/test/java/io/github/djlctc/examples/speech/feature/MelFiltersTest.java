package io.github.djlctc.examples.speech.feature;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class MelFiltersTest {

    @ParameterizedTest
    @CsvSource({"16000, 512, 40", "8000, 256, 40", "48000, 2048, 128", "1000, 32, 4"})
    void areTrianglesOnTheMelScale(int sampleRate, int fftSize, int mels) {
        float[] weights = MelFilters.weights(sampleRate, fftSize, mels);

        DirectLogMel direct = new DirectLogMel(sampleRate, mels, fftSize, fftSize, fftSize);
        assertThat(weights).hasSize((fftSize / 2 + 1) * mels);
        for (int bin = 0; bin <= fftSize / 2; bin++) {
            double frequency = bin * (double) sampleRate / fftSize;
            for (int m = 0; m < mels; m++) {
                assertThat((double) weights[bin * mels + m])
                        .as("%s Hz, filter %d", frequency, m)
                        .isCloseTo(direct.triangle(m, frequency), within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16000, 65536, 40", "8000, 65536, 23"})
    void peakAtOneAndShareEveryFrequencyBetweenTwo(int sampleRate, int fftSize, int mels) {
        float[] weights = MelFilters.weights(sampleRate, fftSize, mels);

        int[] peaks = new int[mels];
        for (int m = 0; m < mels; m++) {
            for (int bin = 0; bin <= fftSize / 2; bin++) {
                if (weights[bin * mels + m] > weights[peaks[m] * mels + m]) {
                    peaks[m] = bin;
                }
            }
            assertThat(weights[peaks[m] * mels + m]).isCloseTo(1, within(0.01f));
        }
        assertThat(peaks).isSorted().doesNotHaveDuplicates();
        for (int bin = peaks[0] + 1; bin < peaks[mels - 1]; bin++) {
            double sum = 0;
            int open = 0;
            for (int m = 0; m < mels; m++) {
                sum += weights[bin * mels + m];
                open += weights[bin * mels + m] > 0 ? 1 : 0;
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
            assertThat(open).isBetween(1, 2);
        }
    }
}
