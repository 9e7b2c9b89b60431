package io.github.djlctc.examples.common.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TextSplitTest {

    @ParameterizedTest
    @EnumSource
    void drawsDifferentTextsOfItsOwn(TextSplit split) {
        assertThat(split.draw(50, TextSplitTest::text, new SplittableRandom(1)))
                .hasSize(50)
                .allSatisfy(text -> assertThat(TextSplit.of(text)).isEqualTo(split));
    }

    @ParameterizedTest
    @EnumSource
    void aSmallerPartIsTheBeginningOfALargerOne(TextSplit split) {
        assertThat(split.draw(9, TextSplitTest::text, new SplittableRandom(1)))
                .startsWith(
                        split.draw(4, TextSplitTest::text, new SplittableRandom(1))
                                .toArray(String[]::new));
    }

    @Test
    void a20thOfTheTextsValidatesAndA10thTests() {
        int count = 20_000;
        SplittableRandom random = new SplittableRandom(1);
        Map<TextSplit, Double> shares = new EnumMap<>(TextSplit.class);
        for (int i = 0; i < count; i++) {
            shares.merge(TextSplit.of(text(random)), 1.0 / count, Double::sum);
        }
        assertThat(shares.get(TextSplit.VALIDATION)).isCloseTo(0.05, within(0.01));
        assertThat(shares.get(TextSplit.TEST)).isCloseTo(0.10, within(0.01));
    }

    private static String text(RandomGenerator random) {
        return "TEXT " + random.nextInt(100_000);
    }
}
