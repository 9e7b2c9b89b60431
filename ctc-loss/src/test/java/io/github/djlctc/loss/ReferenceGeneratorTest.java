package io.github.djlctc.loss;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The reference values of the loss are what they are said to be. */
class ReferenceGeneratorTest {

    @Test
    void theFileIsWhatTheGeneratorMakes() throws IOException {
        // Up to rounding, which BigDecimal.doubleValue does differently in some versions of Java.
        assertThat(ReferenceCase.own())
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Math.abs(a - b) <= 1e-14 * Math.abs(a), Double.class)
                .isEqualTo(ReferenceGenerator.cases());
    }

    /** Sums over all alignments use neither states nor a recurrence. */
    @Test
    void forwardBackwardGivesTheSumOverAllAlignments() {
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            RandomBatch batch = new RandomBatch(random);
            for (int n = 0; n < batch.size; n++) {
                if (batch.inputLengths[n] > 0) {
                    assertSameAsAlignments(batch, n);
                }
            }
        }
    }

    private static void assertSameAsAlignments(RandomBatch batch, int n) {
        PreciseForwardBackward precise =
                PreciseForwardBackward.of(
                        batch.logits[n], batch.inputLengths[n], batch.targets[n], batch.blank);
        double expected = batch.loss(n);
        double[][] gradient = batch.gradient(n);
        if (Double.isInfinite(expected)) {
            assertThat(precise.loss()).isEqualTo(expected);
        } else {
            assertThat(precise.loss()).isCloseTo(expected, within(1e-11));
        }
        for (int t = 0; t < gradient.length; t++) {
            assertThat(precise.gradient(1)[t]).containsExactly(gradient[t], within(1e-11));
        }
    }

    /** Values to 50 digits are in tables of constants. */
    @Test
    void exponentialsAndLogarithmsHaveTheirDigits() {
        assertThat(BigLogarithm.exp(BigDecimal.ONE).toPlainString())
                .startsWith("2.71828182845904523536028747135266249775724709369995");
        assertThat(BigLogarithm.of(new BigDecimal("1E-200")).toPlainString())
                .startsWith("-460.517018598809136803598290936872841520220297");
    }
}
