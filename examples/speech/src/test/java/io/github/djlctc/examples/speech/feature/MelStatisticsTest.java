package io.github.djlctc.examples.speech.feature;

import io.github.djlctc.examples.speech.audio.FeatureMatrix;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class MelStatisticsTest {

    @Test
    void measuresEachMelOverAllFrames() {
        MelStatistics statistics = new MelStatistics(2);
        statistics.add(new FeatureMatrix(new float[] {1, -10, 3, -10}, 2));
        statistics.add(new FeatureMatrix(new float[] {5, -10}, 2));

        MelNormalisation normalisation = statistics.normalisation();

        assertThat(normalisation.means()).containsExactly(3f, -10f);
        assertThat(normalisation.deviations().get(0))
                .isCloseTo((float) Math.sqrt(8 / 3.0), within(1e-4f));
        // A mel that never changes is not divided by 0.
        assertThat(normalisation.deviations().get(1)).isCloseTo(3.16e-3f, within(1e-5f));
    }

    @Test
    void withoutFramesNothingIsChanged() {
        assertThat(new MelStatistics(3).normalisation()).isEqualTo(MelNormalisation.none(3));
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void deviationsAreNumbersAboveZero(float deviation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelNormalisation(List.of(0f), List.of(deviation)))
                .withMessageContaining("mel 0: a mean of 0.0 and a deviation of " + deviation);
    }

    @Test
    void hasAMeanForEachDeviation() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelNormalisation(List.of(0f, 1f), List.of(1f)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelNormalisation(null, List.of(1f)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MelNormalisation(Arrays.asList((Float) null), List.of(1f)));
    }
}
