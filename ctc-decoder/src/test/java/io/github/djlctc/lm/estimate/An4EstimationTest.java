package io.github.djlctc.lm.estimate;

import org.junit.jupiter.api.BeforeEach;
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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Models of the transcripts of CMU AN4, against what KenLM's lmplz makes of them. */
class An4EstimationTest {

    private static final Path TEXT = Path.of("../../shared/data/an4/train.txt");
    private static final Path MODELS = Path.of("../../shared/fixtures/lm");

    @BeforeEach
    void needsData() {
        assumeTrue(Files.isRegularFile(TEXT), "no AN4 transcripts at " + TEXT.toAbsolutePath());
        assumeTrue(Files.isDirectory(MODELS), "no models at " + MODELS.toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void isTheModelOfLmplz(int order) throws IOException {
        BackoffTable expected = BackoffTable.read(MODELS.resolve("an4_" + order + "gram.arpa"));

        BackoffTable actual = BackoffTable.of(estimator(order).estimate(TEXT));

        assertThat(actual.ngrams().keySet()).containsExactlyElementsOf(expected.ngrams().keySet());
        for (NGram ngram : expected.ngrams().values()) {
            NGram same = actual.ngrams().get(ngram.words());
            assertThat(same.log10Probability()).isCloseTo(ngram.log10Probability(), within(1e-6f));
            assertThat(same.log10Backoff()).isCloseTo(ngram.log10Backoff(), within(1e-6f));
        }
    }

    /** The figures are those that lmplz prints. */
    @Test
    void lastNGramsAreCountedAsByLmplz() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(TEXT));
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
