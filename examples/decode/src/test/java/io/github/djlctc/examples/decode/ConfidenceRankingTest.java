package io.github.djlctc.examples.decode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ConfidenceRankingTest {

    @Test
    void theAreaIsTheShareOfPairsInTheRightOrder() {
        assertThat(ConfidenceRanking.area(new double[] {0.6, 0.9}, List.of(0.1, 0.5))).isEqualTo(1);
        assertThat(ConfidenceRanking.area(new double[] {0.1, 0.5}, List.of(0.6, 0.9))).isZero();
        assertThat(ConfidenceRanking.area(new double[] {0.2, 0.5, 0.9}, List.of(0.5, 0.3)))
                .isEqualTo((0.5 + 1 + 1 + 1) / 6);
        assertThat(ConfidenceRanking.area(new double[] {0.2}, List.of())).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "a b c, a b c, 111",
        "a b c, a x c, 101",
        "a b c, a c, 11",
        "a b c, a x b c, 1011",
        "a b, c d, 00",
        "a b c d, b c d e, 1110",
        "a, a a, 10",
    })
    void aWordIsRightIfTheAlignmentPairsItWithItsLike(
            String reference, String hypothesis, String expected) {
        boolean[] right = ConfidenceRanking.rightWords(reference.split(" "), hypothesis.split(" "));

        StringBuilder marks = new StringBuilder();
        for (boolean word : right) {
            marks.append(word ? '1' : '0');
        }
        assertThat(marks).hasToString(expected);
    }
}
