package io.github.djlctc.examples.speech.feature;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;
import io.github.djlctc.examples.speech.audio.Waveform;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class DeltaFeaturesTest {

    private static final int DIMENSIONS = 3;

    private final DeltaFeatures extractor = new DeltaFeatures(DIMENSIONS, 0.01);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 40})
    void equalsItsDefinition(int frames) {
        double[][] input = new double[frames][DIMENSIONS];
        float[] values = new float[frames * DIMENSIONS];
        Random random = new Random(frames);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (10 * random.nextGaussian() + i % DIMENSIONS);
            input[i / DIMENSIONS][i % DIMENSIONS] = values[i];
        }
        FeatureMatrix signal = new FeatureMatrix(values, DIMENSIONS);

        FeatureMatrix features = extractor.extract(signal);

        double[][] first = differences(input);
        double[][][] blocks = {
            normalised(input), normalised(first), normalised(differences(first))
        };
        assertThat(features.dimensions()).isEqualTo(extractor.dimensions()).isEqualTo(9);
        assertThat(features.frames()).isEqualTo(extractor.frames(signal)).isEqualTo(frames);
        for (int t = 0; t < frames; t++) {
            for (int block = 0; block < 3; block++) {
                for (int d = 0; d < DIMENSIONS; d++) {
                    int index = t * 9 + block * DIMENSIONS + d;
                    assertThat((double) features.values()[index])
                            .as("frame %d, difference %d, dimension %d", t, block, d)
                            .isCloseTo(blocks[block][t][d], within(1e-4));
                }
            }
        }
    }

    @Test
    void makesASingleFrameZero() {
        FeatureMatrix features = extractor.extract(new FeatureMatrix(new float[] {5, -3, 1e6f}, 3));

        assertThat(features.values()).hasSize(9).containsOnly(0f);
    }

    @Test
    void leavesItsInputAlone() {
        float[] values = {1, 2, 3, 4, 5, 6};

        extractor.extract(new FeatureMatrix(values, DIMENSIONS));

        assertThat(values).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -3e38f})
    void namesFrameAndDimensionOfAUselessValue(float value) {
        float[] values = new float[5 * DIMENSIONS];
        values[4 * DIMENSIONS + 1] = value;
        FeatureMatrix signal = new FeatureMatrix(values, DIMENSIONS);

        assertThatThrownBy(() -> extractor.extract(signal))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessage("frame 4 holds the value " + value + " in dimension 1");
        assertThatThrownBy(() -> extractor.frames(signal))
                .isInstanceOf(UnsuitableSignalException.class);
    }

    @Test
    void namesSignalsThatItCannotUse() {
        assertThatThrownBy(() -> extractor.extract(new Waveform(new float[9], 8000)))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessage("the model reads precomputed features, but was given sound");
        assertThatThrownBy(() -> extractor.frames(new FeatureMatrix(new float[8], 4)))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessage("the model reads 3 values per frame, but was given 4");
        assertThatThrownBy(() -> extractor.frames(new FeatureMatrix(new float[0], 3)))
                .isInstanceOf(UnsuitableSignalException.class)
                .hasMessage("the features have no frames");
    }

    @Test
    void rejectsSettingsOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DeltaFeatures(0, 0.01));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeltaFeatures(1 << 30, 0.01));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeltaFeatures(13, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeltaFeatures(13, Double.NaN));
    }

    /** The regression over two frames to each side, the ends repeated. */
    private static double[][] differences(double[][] input) {
        int last = input.length - 1;
        double[][] result = new double[input.length][DIMENSIONS];
        for (int t = 0; t <= last; t++) {
            for (int d = 0; d < DIMENSIONS; d++) {
                double one = input[Math.min(t + 1, last)][d] - input[Math.max(t - 1, 0)][d];
                double two = input[Math.min(t + 2, last)][d] - input[Math.max(t - 2, 0)][d];
                result[t][d] = (one + 2 * two) / 10;
            }
        }
        return result;
    }

    private static double[][] normalised(double[][] input) {
        double[][] result = new double[input.length][DIMENSIONS];
        for (int d = 0; d < DIMENSIONS; d++) {
            double mean = 0;
            double variance = 0;
            for (double[] frame : input) {
                mean += frame[d] / input.length;
            }
            for (double[] frame : input) {
                variance += (frame[d] - mean) * (frame[d] - mean) / input.length;
            }
            for (int t = 0; t < input.length; t++) {
                result[t][d] = (input[t][d] - mean) / Math.sqrt(variance + 1e-5);
            }
        }
        return result;
    }
}
