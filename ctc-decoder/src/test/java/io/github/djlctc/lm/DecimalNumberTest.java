package io.github.djlctc.lm;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class DecimalNumberTest {

    private static float parse(String text) {
        byte[] bytes = (" " + text + " ").getBytes(StandardCharsets.UTF_8);
        return DecimalNumber.parse(bytes, 1, bytes.length - 1);
    }

    @Property(tries = 2000, seed = "41")
    void isRoundedAsByJava(@ForAll long seed, @ForAll @IntRange(min = 1, max = 22) int digits) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        int point = random.nextInt(digits + 1);
        for (int i = 0; i < digits; i++) {
            text.append(i == point ? "." : "").append(random.nextInt(10));
        }
        assertThat(parse(text.toString())).isEqualTo(Float.parseFloat(text.toString()));
    }

    /** Numbers between two floats, and right beside those. */
    @Property(tries = 2000, seed = "42")
    void isRoundedAsByJavaBetweenTwoFloats(@ForAll long seed) {
        Random random = new Random(seed);
        float value = random.nextInt(1 << 20) / 4096f + random.nextInt(1 << 24) / (float) (1 << 24);
        BigDecimal middle =
                new BigDecimal(value)
                        .add(new BigDecimal(Math.nextUp(value)))
                        .divide(new BigDecimal(2));
        for (int difference = -1; difference <= 1; difference++) {
            String text = middle.add(BigDecimal.valueOf(difference, 17)).toPlainString();
            assertThat(parse(text)).as(text).isEqualTo(Float.parseFloat(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-0", "+1.", ".5", "-1e-3", "1E+2", "1e-45", "000000000000000000000.1"})
    void readsAllForms(String text) {
        assertThat(parse(text)).isEqualTo(Float.parseFloat(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "1f", "0x1p3", "NaN", "1e", "1.2.3", "--1", "1-", "\u0661"})
    void otherTextsAreNoNumbers(String text) {
        assertThat(parse(text)).isNaN();
    }
}
