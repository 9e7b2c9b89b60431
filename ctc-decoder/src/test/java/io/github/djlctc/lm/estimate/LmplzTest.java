package io.github.djlctc.lm.estimate;

import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Estimated models equal those that KenLM's lmplz estimates from the same text. */
class LmplzTest {

    @Test
    void isTheModelOfLmplz() throws IOException {
        NGramEstimator estimator =
                NGramEstimator.builder()
                        .setOrder(3)
                        .optDiscountFallback(new Discounts(0.5f, 1, 1.5f))
                        .build();

        assertSame(
                BackoffTable.of(estimator.estimate(TestData.own("lm/text.txt"))),
                BackoffTable.read(TestData.own("lm/3gram.arpa")));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void isTheModelOfLmplzForAn4(int order) throws IOException {
        Path arpa = TestData.of(PublicCorpus.AN4, "fixtures/lm/an4_" + order + "gram.arpa");

        assertSame(BackoffTable.of(estimator(order).estimate(an4())), BackoffTable.read(arpa));
    }

    private static void assertSame(BackoffTable actual, BackoffTable expected) {
        assertThat(actual.ngrams().keySet()).containsExactlyElementsOf(expected.ngrams().keySet());
        for (NGram ngram : expected.ngrams().values()) {
            NGram same = actual.ngrams().get(ngram.words());
            assertThat(same.log10Probability()).isCloseTo(ngram.log10Probability(), within(1e-6f));
            assertThat(same.log10Backoff()).isCloseTo(ngram.log10Backoff(), within(1e-6f));
        }
    }

    private static Path an4() {
        return TestData.of(PublicCorpus.AN4, "data/an4/train.txt");
    }

    /** The figures are those that lmplz prints. */
    @Test
    void lastNGramsAreCountedAsByLmplz() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(an4()));
        lines.add("GO ZZZ");
        lines.add("GO ZZZ");

        EstimatedNGrams model = estimator(3).estimate(lines);

        assertThat(figures(model.discounts(1))).containsExactly(0.615385, 1.07692, 2.50769);
        assertThat(figures(model.discounts(2))).containsExactly(0.563218, 1.05883, 1.61635);
        assertThat(figures(model.discounts(3))).containsExactly(0.734046, 1.2191, 1.47318);
    }

    /** Rounds to the six significant figures that lmplz prints. */
    private static double[] figures(Discounts discounts) {
        return DoubleStream.of(discounts.one(), discounts.two(), discounts.threeOrMore())
                .map(exact -> new BigDecimal(exact).round(new MathContext(6)).doubleValue())
                .toArray();
    }

    private static NGramEstimator estimator(int order) {
        return NGramEstimator.builder().setOrder(order).build();
    }
}
