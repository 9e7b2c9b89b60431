package io.github.djlctc.lm.estimate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

/** Counts that no text has are errors that say why. */
class NGramCollectorTest {

    private static final long MANY = 1L << 61;

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b c d | 1 | has more words than the order, 3",
                "a b | 1 | has fewer words than the order, 3, but does not begin with <s>; add the"
                        + " longest n-grams only",
                "a x b | 1 | has the word \"x\", which is not among the given ones",
                "<unk> a b | 1 | has the word \"<unk>\", which is not among the given ones",
                "a  b | 1 | has an empty word; separate words by one space each",
                "'' | 1 | has an empty word; separate words by one space each",
                "a <s> b | 1 | has <s> behind its start, but nothing precedes a sentence",
                "a b <s> | 1 | has <s> behind its start, but nothing precedes a sentence",
                "<s> </s> a | 1 | has </s> before its end, but nothing follows a sentence",
                "<s> | 1 | is no n-gram of its own; <s> only precedes words",
                "a b c | 0 | has the count 0, which must be 1 or more",
                "a b c | -5 | has the count -5, which must be 1 or more",
                "a b c | 4611686018427387904 | has the count 4611686018427387904, with which the"
                        + " sum is 2^62 or more",
            })
    void namesTheNGramAndItsProblem(String ngram, long count, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                estimator(3)
                                        .estimate(
                                                List.of("a", "b", "c"),
                                                collector -> add(collector, ngram, count)))
                .withMessage("the n-gram \"" + ngram + "\" " + problem);
    }

    @Test
    void theSumOfCountsHasABound() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                estimator(1)
                                        .estimate(
                                                List.of("a"),
                                                collector -> {
                                                    add(collector, "a", MANY);
                                                    add(collector, "</s>", MANY);
                                                }))
                .withMessageContaining("2^62");
    }

    @Test
    void hugeCountsAreCounted() throws IOException {
        try (EstimatedNGrams model =
                estimator(1)
                        .estimate(
                                List.of("a"),
                                collector -> {
                                    add(collector, "a", MANY - 1);
                                    add(collector, "a", 1);
                                    add(collector, "</s>", MANY - 1);
                                })) {
            assertThat(BackoffTable.of(model).probability(List.of("a")))
                    .isCloseTo(0.5, within(1e-6));
        }
    }

    @Test
    void wordsThatAreNoneAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                estimator(2)
                                        .estimate(
                                                List.of("a b", "c"),
                                                collector -> collector.add(List.of("a b", "c"), 1)))
                .withMessage("\"a b\" is not one word; give the words of the text");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                estimator(2)
                                        .estimate(
                                                List.of("a", "?"),
                                                collector ->
                                                        collector.add(List.of("a", "\ud800"), 1)))
                .withMessageContaining("which is not a word");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                estimator(2)
                                        .estimate(
                                                List.of("a"),
                                                collector ->
                                                        collector.add(
                                                                new byte[] {'a', ' ', -1}, 1)))
                .withMessage("an n-gram is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\n", "\u0000", "<s>", "</s>", "<unk>", "<UNK>", "\ud800"})
    void wordsThatATextCannotHaveAreRefused(String word) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator(2).estimate(List.of(word), collector -> {}));
    }

    @Test
    void theWordsAreThoseOfTheText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator(2).estimate(List.of(), collector -> {}))
                .withMessage("there is no word; give those of a text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator(2).estimate(List.of("b", "a", "b"), collector -> {}))
                .withMessage("\"b\" comes twice; give each word of the text once");
        assertThatNullPointerException()
                .isThrownBy(() -> estimator(2).estimate(Arrays.asList("a", null), collector -> {}));
    }

    @Test
    void missingNGramsAreNoticed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimator(2).estimate(List.of("a"), collector -> {}))
                .withMessage("there is no n-gram; add those of the text");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                estimator(2)
                                        .estimate(
                                                List.of("a", "b"),
                                                collector -> {
                                                    add(collector, "<s> a", 1);
                                                    add(collector, "a </s>", 1);
                                                }))
                .withMessage(
                        "no n-gram ends with the word \"b\"; add all n-grams of the text, and give"
                                + " no other words");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                estimator(2)
                                        .estimate(
                                                List.of("a"),
                                                collector -> {
                                                    add(collector, "<s> a", 2);
                                                    add(collector, "a </s>", 1);
                                                }))
                .withMessage(
                        "2 sentences start, but 1 end; add all n-grams of the text, each count"
                                + " once");
    }

    @Test
    void nothingIsAddedOnceTheSourceHasReturned() throws IOException {
        AtomicReference<NGramCollector> kept = new AtomicReference<>();
        estimator(1)
                .estimate(
                        List.of("a"),
                        collector -> {
                            kept.set(collector);
                            add(collector, "a", 1);
                            add(collector, "</s>", 1);
                        })
                .close();

        assertThatIllegalStateException().isThrownBy(() -> add(kept.get(), "a", 1));
    }

    /** The counts of as many different n-grams, twice, take more memory than there is. */
    @Test
    void memoryIsBoundedAndTheTemporaryFileDeleted() throws IOException {
        List<String> words = IntStream.range(0, 400_000).mapToObj(i -> "w" + i).toList();
        NGramEstimator little = little(folder);
        NGramSource source =
                collector -> {
                    for (int part = 0; part < 2; part++) {
                        for (String word : words) {
                            add(collector, "<s> " + word, 1);
                            add(collector, word + " </s>", 1);
                        }
                    }
                };

        try (EstimatedNGrams model = little.estimate(words, source)) {
            assertThat(model.count(1)).isEqualTo(400_003);
            assertThat(model.count(2)).isEqualTo(800_000);
        }
        assertThatIOException()
                .isThrownBy(
                        () ->
                                little.estimate(
                                        words,
                                        collector -> {
                                            source.addTo(collector);
                                            throw new IOException("cut off");
                                        }))
                .withMessage("cut off");
        assertThatExceptionOfType(TemporaryStorageException.class)
                .isThrownBy(() -> little(folder.resolve("missing")).estimate(words, source));

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void theListenerHearsOfTheWordsThatAreCounted() throws IOException {
        Map<EstimationStep, Long> units = new EnumMap<>(EstimationStep.class);
        EstimationListener listener =
                (step, done) -> {
                    synchronized (units) {
                        units.merge(step, done, Long::sum);
                    }
                };
        NGramEstimator estimator =
                NGramEstimator.builder()
                        .setOrder(1)
                        .optDiscountFallback(Discounts.FALLBACK)
                        .optListener(listener)
                        .build();

        estimator
                .estimate(
                        List.of("a"),
                        collector -> {
                            add(collector, "a", 5_000_000_000L);
                            add(collector, "</s>", 7);
                        })
                .close();

        assertThat(units)
                .containsEntry(EstimationStep.READING, 1L)
                .containsEntry(EstimationStep.COUNTING, 5_000_000_007L)
                .containsEntry(EstimationStep.ADJUSTING, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<s>", "</s>", "<unk>"})
    void linesWithReservedWordsHaveNoMoreNGrams(String word) {
        LineNGrams ngrams = line("a " + word + " b");

        assertThat(ngrams.next()).asString().isEqualTo("<s> a");
        assertThatIllegalArgumentException()
                .isThrownBy(ngrams::next)
                .withMessage("the word " + word + " is reserved; remove it or spell it otherwise");
        assertThat(ngrams.hasNext()).isFalse();
    }

    @Test
    void linesAreUtf8() {
        Iterator<byte[]> ngrams = new LineNGrams(new byte[] {'a', (byte) 0xe9}, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(ngrams::next)
                .withMessage("not UTF-8; save the file in that encoding");
    }

    @Test
    void aLineFeedEndsASentence() {
        assertThat(line("a\n\nb"))
                .toIterable()
                .extracting(ngram -> new String(ngram, StandardCharsets.UTF_8))
                .containsExactly("<s> a", "a </s>", "<s> </s>", "<s> b", "b </s>");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11})
    void theOrderIsFrom1To10(int order) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new LineNGrams(new byte[0], order))
                .withMessage("the order is " + order + ", but must be from 1 to 10");
    }

    private static LineNGrams line(String line) {
        return new LineNGrams(line.getBytes(StandardCharsets.UTF_8), 2);
    }

    private static void add(NGramCollector collector, String ngram, long count) throws IOException {
        collector.add(ngram.getBytes(StandardCharsets.UTF_8), count);
    }

    private static NGramEstimator little(Path folder) {
        return NGramEstimator.builder()
                .setOrder(2)
                .optDiscountFallback(Discounts.FALLBACK)
                .optMemory(1 << 24)
                .optTemporaryFolder(folder)
                .build();
    }

    private static NGramEstimator estimator(int order) {
        return NGramEstimator.builder()
                .setOrder(order)
                .optDiscountFallback(Discounts.FALLBACK)
                .build();
    }
}
