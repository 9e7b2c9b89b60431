package io.github.djlctc.lm.estimate;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Models of small random texts, pruned or not, of orders 1 to 5. */
class NGramEstimatorPropertyTest {

    @Provide
    Arbitrary<List<List<String>>> texts() {
        return Arbitraries.of("a", "b", "c", "d", "e")
                .list()
                .ofMaxSize(7)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    /** Thresholds by order, none below the one before. */
    @Provide
    Arbitrary<List<Integer>> thresholds() {
        return Arbitraries.of(0, 0, 0, 1, 2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(list -> list.stream().sorted().toList());
    }

    @Property(tries = 200)
    void isKneserNeySmoothingAsDefined(
            @ForAll("texts") List<List<String>> text,
            @ForAll("thresholds") List<Integer> thresholds) {
        EstimatedNGrams model = estimate(text, thresholds);
        KneserNeyByDefinition expected = new KneserNeyByDefinition(text, thresholds, model);
        BackoffTable actual = BackoffTable.of(model);

        assertThat(actual.ngrams().keySet()).isEqualTo(expected.keptNGrams());
        for (List<String> words : actual.ngrams().keySet()) {
            if (!words.equals(List.of("<s>"))) {
                assertThat(actual.probability(words))
                        .as("%s", words)
                        .isCloseTo(expected.probability(words), within(1e-6));
            }
        }
    }

    @Property(tries = 200)
    void probabilitiesAfterAnyContextSumToOne(
            @ForAll("texts") List<List<String>> text,
            @ForAll("thresholds") List<Integer> thresholds) {
        BackoffTable model = BackoffTable.of(estimate(text, thresholds));

        assertThat(model.sumAfter(List.of())).isCloseTo(1, within(1e-5));
        for (List<String> context : model.ngrams().keySet()) {
            if (context.size() < model.order() && !context.contains("</s>")) {
                assertThat(model.sumAfter(context)).as("%s", context).isCloseTo(1, within(1e-5));
            }
        }
    }

    @Property(tries = 100)
    void whatAnNGramIsMadeOfIsThereToo(
            @ForAll("texts") List<List<String>> text,
            @ForAll("thresholds") List<Integer> thresholds) {
        BackoffTable model = BackoffTable.of(estimate(text, thresholds));

        for (List<String> words : model.ngrams().keySet()) {
            if (words.size() > 1) {
                assertThat(model.ngrams())
                        .containsKey(words.subList(1, words.size()))
                        .containsKey(words.subList(0, words.size() - 1));
            }
        }
    }

    private static EstimatedNGrams estimate(List<List<String>> text, List<Integer> thresholds) {
        List<String> lines = new ArrayList<>();
        text.forEach(sentence -> lines.add(String.join(" ", sentence)));
        Assume.that(lines.stream().anyMatch(line -> !line.isEmpty()));
        return NGramEstimator.builder()
                .setOrder(thresholds.size())
                .optPruning(thresholds.stream().mapToInt(Integer::intValue).toArray())
                .optDiscountFallback(Discounts.FALLBACK)
                .build()
                .estimate(lines);
    }
}
