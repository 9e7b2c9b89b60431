package io.github.djlctc.lm.estimate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Floats are written as Java writes them, without an exponent. */
class DecimalTextTest {

    @ParameterizedTest
    @ValueSource(
            floats = {
                -99,
                -1,
                -0.5f,
                -0.25f,
                -2,
                -1e-3f,
                -9.999999e-4f,
                -1e-4f,
                -1e-10f,
                0.1f,
                1 / 3f,
                999.9999f,
                1000,
                1e10f,
                -0.7f,
                -5.7185225f,
                -1.0218244f
            })
    void exampleIsWrittenAsByJava(float number) {
        assertThat(text(number)).isEqualTo(byJava(number));
    }

    @Test
    void zeroHasOneDigit() {
        assertThat(text(0f)).isEqualTo("0");
        assertThat(text(-0f)).isEqualTo("0");
    }

    @Test
    void logarithmsAreWrittenAsByJava() {
        Random random = new Random(1);
        for (int i = 0; i < 300_000; i++) {
            float number =
                    (float) Math.log10(random.nextDouble() * Math.exp(-9 * random.nextInt(3)));
            assertThat(text(number)).isEqualTo(byJava(number));
        }
    }

    /** The neighbours of short decimals and of powers of two are the hard ones. */
    @Test
    void neighboursOfShortDecimalsAreWrittenAsByJava() {
        for (int thousandths = 1; thousandths < 20_000; thousandths++) {
            float number = thousandths / 1000f;
            for (float near : new float[] {Math.nextDown(number), number, Math.nextUp(number)}) {
                assertThat(text(-near)).isEqualTo(byJava(-near));
            }
        }
    }

    private static String text(float number) {
        byte[] bytes = new byte[DecimalText.MAX_LENGTH];
        int end = DecimalText.write(number, bytes, 0);
        return new String(bytes, 0, end, StandardCharsets.US_ASCII);
    }

    private static String byJava(float number) {
        String digits = Float.toString(number);
        return digits.contains("E") ? new BigDecimal(digits).toPlainString() : digits;
    }
}
