package io.github.djlctc.examples.decode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class FixedDecimalsTest {

    private static String text(double value) {
        StringBuilder text = new StringBuilder("=");
        FixedDecimals.append(text, value);
        return text.substring(1);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                1,
                -0.000001,
                -0.0000001,
                -12.000345,
                999999.9999999,
                -123456789.125,
                1e9,
                -1e30,
                Double.NEGATIVE_INFINITY,
                Double.NaN
            })
    void isWhatTheFormatterWrites(double value) {
        assertThat(text(value)).isEqualTo(String.format(Locale.ROOT, "%.6f", value));
    }

    @Test
    void isWhatTheFormatterWritesOfRandomNumbers() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double value = -20 * random.nextDouble();
            assertThat(text(value)).isEqualTo(String.format(Locale.ROOT, "%.6f", value));
        }
    }
}
