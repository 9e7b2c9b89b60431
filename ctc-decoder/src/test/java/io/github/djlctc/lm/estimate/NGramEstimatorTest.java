package io.github.djlctc.lm.estimate;

import io.github.djlctc.lm.LanguageModelFormatException;
import io.github.djlctc.lm.NGramModel;
import io.github.djlctc.lm.SentenceBoundary;
import io.github.djlctc.lm.WordProbability;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class NGramEstimatorTest {

    private static final List<String> TEXT = List.of("a b", "a c", "b a c", "a", "");

    @TempDir private Path folder;

    @Test
    void oneSentenceByHand() {
        // The 1-grams a and </s> have one word before them each, so p = (1 - 0.5) / 2 + 0.5 / 3.
        // a follows <s> once: p = (1 - 0.5) / 1 + 0.5 p(a).
        BackoffTable model = BackoffTable.of(tolerant(2).build().estimate(List.of("a")));

        assertThat(model.ngrams().keySet())
                .containsExactly(
                        List.of("<unk>"),
                        List.of("<s>"),
                        List.of("</s>"),
                        List.of("a"),
                        List.of("a", "</s>"),
                        List.of("<s>", "a"));
        double uniform = 0.5 / 3;
        assertThat(model.probability(List.of("<unk>"))).isCloseTo(uniform, within(1e-6));
        assertThat(model.probability(List.of("a"))).isCloseTo(0.25 + uniform, within(1e-6));
        assertThat(model.probability(List.of("<s>", "a")))
                .isCloseTo(0.5 + 0.5 * (0.25 + uniform), within(1e-6));
        assertThat(model.ngrams().get(List.of("<s>")).log10Probability()).isZero();
        assertThat(model.ngrams().get(List.of("<s>")).log10Backoff())
                .isCloseTo((float) Math.log10(0.5), within(1e-6f));
        assertThat(model.ngrams().get(List.of("</s>")).log10Backoff()).isZero();
    }

    @Test
    void spacesAreThoseOfLmplz() {
        EstimatedNGrams expected = tolerant(3).build().estimate(TEXT);

        EstimatedNGrams actual =
                tolerant(3).build().estimate(List.of(" a\tb ", "a\0\r c\r\nb  a c", "a", " "));

        assertThat(BackoffTable.of(actual)).isEqualTo(BackoffTable.of(expected));
        // Those are not: a word may hold any other character.
        assertThat(tolerant(1).build().estimate(List.of("a\u000bb\u00a0c\fd")).count(1))
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b\na c\nb a c\na\n\n", "\ufeffa b\r\na c\r\nb a c\r\na\r\n\r"})
    void filesHoldTheSameAsLines(String text) throws IOException {
        BackoffTable expected = BackoffTable.of(tolerant(3).build().estimate(TEXT));
        Path plain = Files.writeString(folder.resolve("text.txt"), text);
        Path packed = folder.resolve("text.packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(plain, out);
        }

        assertThat(BackoffTable.of(tolerant(3).build().estimate(plain))).isEqualTo(expected);
        assertThat(BackoffTable.of(tolerant(3).build().estimate(packed))).isEqualTo(expected);
    }

    @Test
    void discountsComeFromTheCountsOfCounts() {
        // One word occurs 4 times, one 3 times, two occur twice, four once: n = (4, 2, 1, 1).
        // The end of the sentence occurs once: n1 = 5, Y = 5 / (5 + 2 * 2).
        EstimatedNGrams model =
                estimator(1).build().estimate(List.of("a a a a b b b c c d d e f g h"));

        float y = 5f / 9;
        assertThat(model.discounts(1))
                .isEqualTo(new Discounts(1 - 2 * y * 2 / 5, 2 - 3 * y * 1 / 2, 3 - 4 * y * 1 / 1));
        assertThat(model.fallbackOrders()).isEmpty();
    }

    @Test
    void discountsThatCannotBeComputedAreNamed() {
        NGramEstimator estimator = estimator(2).build();

        assertThatThrownBy(() -> estimator.estimate(List.of("a a a b b c", "d")))
                .isInstanceOf(DiscountException.class)
                .hasMessage(
                        "no discounts for 1-grams: none has the count 3; 2 occur once, 3 twice,"
                                + " 0 three times, 0 four times, as Kneser-Ney counts; use more"
                                + " text, remove lines that occur again, or set fallback"
                                + " discounts");
        assertThatThrownBy(() -> estimator(1).build().estimate(List.of("a b b c c c d d d")))
                .isInstanceOf(DiscountException.class)
                .hasMessageContaining("1-grams: that of the count 2 would be -1.0, below 0;");
    }

    @Test
    void fallbackDiscountsServeOnlyTheOrdersThatNeedThem() {
        Discounts fallback = new Discounts(0.25f, 0.5f, 0.75f);
        // Three words precede a, two precede b, d and e, one all others; but no 2-gram occurs
        // three times.
        List<String> lines =
                List.of("p a", "q a", "r a k", "s b", "t b", "u c", "v d", "w d", "x e", "y e");

        EstimatedNGrams model = estimator(2).optDiscountFallback(fallback).build().estimate(lines);

        assertThat(model.fallbackOrders()).containsExactly(2);
        assertThat(model.discounts(1)).isNotEqualTo(fallback);
        assertThat(model.discounts(2)).isEqualTo(fallback);
    }

    @Test
    void discountsOfNothingGiveMinus99() {
        Discounts none = new Discounts(0, 0, 0);

        EstimatedNGrams model =
                estimator(2).optDiscountFallback(none).build().estimate(List.of("a"));

        assertThat(model.ngrams(1).findFirst().orElseThrow().log10Probability()).isEqualTo(-99);
    }

    @Test
    void pruningLeavesOutWhatOccursSeldom() {
        EstimatedNGrams model = tolerant(3).optPruning(0, 1).build().estimate(TEXT);

        assertThat(BackoffTable.of(model).ngrams().keySet())
                .containsExactly(
                        List.of("<unk>"),
                        List.of("<s>"),
                        List.of("</s>"),
                        List.of("a"),
                        List.of("b"),
                        List.of("c"),
                        List.of("c", "</s>"),
                        List.of("<s>", "a"),
                        List.of("a", "c"),
                        List.of("a", "c", "</s>"));
        assertThat(model.count(1)).isEqualTo(6);
        assertThat(model.count(2)).isEqualTo(3);
        assertThat(model.count(3)).isEqualTo(1);
    }

    @Test
    void pruningKeepsTheSpecialWords() {
        EstimatedNGrams model = tolerant(1).optPruning(9).build().estimate(TEXT);

        assertThat(model.ngrams(1).map(NGram::words))
                .containsExactly(List.of("<unk>"), List.of("<s>"), List.of("</s>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<s>", "</s>", "<unk>", "<UNK>"})
    void reservedWordsAreRefused(String word) throws IOException {
        Path file = Files.writeString(folder.resolve("text.txt"), "a b\nb " + word + "\nc\n");

        assertThatThrownBy(() -> tolerant(2).build().estimate(file))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessage(
                        file
                                + ", line 2: the word "
                                + word
                                + " is reserved; remove it or spell it otherwise");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tolerant(2).build().estimate(List.of("a", word)))
                .withMessageStartingWith("line 2: the word " + word);
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.txt"), "\n \n");
        Path binary = Files.write(folder.resolve("binary.txt"), new byte[] {'a', '\n', -1});
        Path endless = Files.writeString(folder.resolve("endless.txt"), "a\n" + "b".repeat(65_537));

        assertThatThrownBy(() -> tolerant(2).build().estimate(empty))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("has no word");
        assertThatThrownBy(() -> tolerant(2).build().estimate(binary))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("binary.txt, line 2: not UTF-8");
        assertThatThrownBy(() -> tolerant(2).build().estimate(endless))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("line 2: a word is longer than 65536 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tolerant(2).build().estimate(List.of()))
                .withMessageContaining("no word");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tolerant(2).build().estimate(List.of("a", "\ud800 b")))
                .withMessageContaining("line 2: a word holds half of a surrogate pair");
    }

    @Test
    void optionsAreChecked() {
        NGramEstimator.Builder builder = NGramEstimator.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.setOrder(0))
                .withMessage("the order is 0, but must be from 1 to 10");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.setOrder(11));
        assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("order");
        assertThatIllegalArgumentException().isThrownBy(builder::optPruning);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.optPruning(0, 2, 1))
                .withMessageContaining("[0, 2, 1]");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optPruning(-1));
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.setOrder(2).optPruning(0, 1, 1).build())
                .withMessage("3 pruning thresholds, but the order is 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Discounts(0.5f, 2.5f, 1))
                .withMessage("the discount of the count 2 is 2.5, but must be from 0 to 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new Discounts(Float.NaN, 1, 1));
    }

    @Test
    void arpaFilesHoldTheModel() throws IOException {
        EstimatedNGrams model = tolerant(3).build().estimate(zipfianLines());
        Path plain = Files.writeString(folder.resolve("model.arpa"), "to be replaced");
        Path packed = folder.resolve("model.arpa.gz");

        model.writeArpa(plain);
        model.writeArpa(packed);

        assertThat(BackoffTable.read(plain)).isEqualTo(BackoffTable.of(model));
        assertThat(Files.readString(plain))
                .startsWith("\\data\\\nngram 1=" + model.count(1) + "\nngram 2=")
                .contains("\n\n\\1-grams:\n", "\n\n\\2-grams:\n", "\n0\t<s>\t-")
                .endsWith("\n\n\\end\\\n")
                .doesNotContain("E-");
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(plain));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(plain, packed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.arpa", "model.arpa.gz"})
    void readModelsScoreAsEstimated(String name) throws IOException {
        EstimatedNGrams estimated =
                tolerant(4).optPruning(0, 0, 1).build().estimate(zipfianLines());
        BackoffTable expected = BackoffTable.of(estimated);
        estimated.writeArpa(folder.resolve(name));

        NGramModel read = NGramModel.read(folder.resolve(name));

        assertThat(read.order()).isEqualTo(4);
        assertThat(read.vocabulary()).hasSize((int) estimated.count(1));
        for (String line : zipfianLines()) {
            List<String> words = new ArrayList<>(List.of("<s>"));
            for (WordProbability word : read.query(words(line), SentenceBoundary.SCORED).words()) {
                words.add(word.word());
                List<String> recent = words.subList(Math.max(0, words.size() - 4), words.size());
                assertThat(Math.exp(word.logProbability()))
                        .isCloseTo(expected.probability(recent), within(1e-6));
            }
        }
    }

    @Test
    void aFailedWriteLeavesNothing() throws IOException {
        EstimatedNGrams model = tolerant(2).build().estimate(TEXT);
        Path occupied = Files.createDirectories(folder.resolve("model.arpa"));
        Files.writeString(occupied.resolve("file"), "");

        assertThatThrownBy(() -> model.writeArpa(occupied)).isInstanceOf(IOException.class);

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(occupied);
        }
    }

    private static NGramEstimator.Builder estimator(int order) {
        return NGramEstimator.builder().setOrder(order);
    }

    private static NGramEstimator.Builder tolerant(int order) {
        return estimator(order).optDiscountFallback(Discounts.FALLBACK);
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" ", -1));
    }

    /** Most words are rare, as in a natural text. */
    private static List<String> zipfianLines() {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            StringBuilder line = new StringBuilder();
            for (int length = random.nextInt(8); length > 0; length--) {
                line.append(" w").append((int) Math.exp(9 * random.nextDouble()));
            }
            lines.add(line.toString().strip());
        }
        return lines;
    }
}
