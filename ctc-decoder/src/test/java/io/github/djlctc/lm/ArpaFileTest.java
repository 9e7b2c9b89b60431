package io.github.djlctc.lm;

import io.github.djlctc.lm.estimate.BackoffTable;
import io.github.djlctc.lm.estimate.Discounts;
import io.github.djlctc.lm.estimate.EstimatedNGrams;
import io.github.djlctc.lm.estimate.NGramEstimator;
import io.github.djlctc.testdata.PublicCorpus;
import io.github.djlctc.testdata.TestData;

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
import java.util.List;
import java.util.regex.Matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** ARPA files as tools and people write them. */
class ArpaFileTest {

    /** Lines 1 to 21; "b a" is not a bigram, though "b a c" is a trigram. */
    private static final String MODEL =
            """
            \\data\\
            ngram 1=6
            ngram 2=4
            ngram 3=3

            \\1-grams:
            -1.5\t<unk>
            -99\t<s>\t-0.4
            -0.9\t</s>
            -0.5\ta\t-0.3
            -0.7\tb\t-0.2
            -1.25\tc\t0.1

            \\2-grams:
            -0.25\t<s> a\t-0.15
            -0.35\ta b\t-0.05
            -0.45\tc a
            -0.3\tb c\t-0.6

            \\3-grams:
            -0.1\t<s> a b
            -0.2\ta b c
            -0.125\tb a c

            \\end\\
            """;

    @TempDir Path folder;

    private NGramModel read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private NGramModel read(byte[] text) throws IOException {
        return NGramModel.read(Files.write(folder.resolve("model.arpa"), text));
    }

    private static void assertScores(NGramModel model, String sentence, double... log10s) {
        List<WordProbability> words =
                model.query(List.of(sentence.split(" ")), SentenceBoundary.SCORED).words();
        double[] scores = words.stream().mapToDouble(WordProbability::log10).toArray();
        assertThat(scores).containsExactly(log10s, within(1e-6));
    }

    @Test
    void backsOff() throws IOException {
        NGramModel model = read(MODEL);
        assertThat(model.order()).isEqualTo(3);
        assertThat(model.vocabulary()).containsExactly("<unk>", "<s>", "</s>", "a", "b", "c");
        assertThat(model.unknownWord()).isZero();
        assertThat(model.wordId("d")).isZero();
        assertThat(model.wordId("c")).isEqualTo(5);
        // "c" is found after "a b"; "</s>" backs off from "b c" and "c".
        assertScores(model, "a b c", -0.25, -0.1, -0.2, -0.6 + 0.1 - 0.9);
        // "c" is found after "b a", which the file lacks, without a back-off weight.
        assertScores(model, "b a c", -0.4 - 0.7, -0.2 - 0.5, -0.125, 0.1 - 0.9);
        assertScores(model, "d a", -0.4 - 1.5, -0.5, -0.3 - 0.9);
    }

    @Test
    void tellsTheNGramsThatItUsed() throws IOException {
        SentenceQuery query =
                read(MODEL).query(List.of("a", "b", "d", "a"), SentenceBoundary.SCORED);
        assertThat(query.words()).extracting(WordProbability::order).containsExactly(2, 3, 1, 1, 1);
        assertThat(query.words())
                .extracting(WordProbability::known)
                .containsExactly(true, true, false, true, true);
        assertThat(query.unknownWords()).isEqualTo(1);
        double unknown = -0.05 - 0.2 - 1.5;
        double total = -0.25 - 0.1 + unknown - 0.5 - 0.3 - 0.9;
        assertThat(query.log10()).isCloseTo(total, within(1e-6));
        assertThat(query.perplexity()).isCloseTo(Math.pow(10, -total / 5), within(1e-4));
        assertThat(query.perplexityWithoutUnknown())
                .isCloseTo(Math.pow(10, -(total - unknown) / 4), within(1e-4));
    }

    /** KenLM reads {@code -inf} too. */
    @Test
    void aWordMayBeImpossible() throws IOException {
        NGramModel model =
                read(MODEL.replace("-99\t<s>", "-inf\t<s>").replace("-1.25\tc", "-inf\tc"));
        assertScores(model, "a b", -0.25, -0.1, -0.05 - 0.2 - 0.9);
        assertThat(model.query(List.of("c"), SentenceBoundary.ABSENT).log10())
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(model.warnings()).isEmpty();
    }

    /** The line of {@code </s>} that is a copy of that of {@code <s>} is left out. */
    @ParameterizedTest
    @CsvSource({
        "'0\t</s>\t-0.4\n-0.9\t</s>', 'line 9 and in line 10; line 10 is used'",
        "'-0.9\t</s>\n0\t</s>\t-0.4', 'line 9 and in line 10; line 9 is used'"
    })
    void anEndThatIsListedTwiceIsTakenOnce(String lines, String warning) throws IOException {
        String twice = MODEL.replace("-0.9\t</s>", lines).replace("ngram 1=6", "ngram 1=7");
        NGramModel model = read(twice);
        assertThat(model.vocabulary()).isEqualTo(read(MODEL).vocabulary());
        assertScores(model, "a b c", -0.25, -0.1, -0.2, -0.6 + 0.1 - 0.9);
        assertThat(after(model, "</s>")).isEqualTo(emptyContext(model));
        assertThat(read(twice).warnings())
                .singleElement()
                .asString()
                .contains("</s> is listed twice", warning);
    }

    /** A model as written by Hugging Face's recipe for n-gram models; the perplexity is KenLM's. */
    @ParameterizedTest
    @ValueSource(strings = {"hf_recipe_an4_3gram.arpa", "hf_recipe_an4_3gram.trie.binary"})
    void anEndThatIsListedTwiceScoresAsBefore(String name) throws IOException {
        Path folder = TestData.of(PublicCorpus.AN4, "cases/decode");
        NGramModel model = NGramModel.read(folder.resolve(name));
        double log10 = 0;
        int words = 0;
        for (String line : Files.readAllLines(folder.resolve("hf_recipe_sentences.txt"))) {
            SentenceQuery query = model.query(WordSeparators.split(line), SentenceBoundary.SCORED);
            log10 += query.log10();
            words += query.words().size();
        }
        assertThat(Math.pow(10, -log10 / words)).isCloseTo(16.2412, within(5e-5));
    }

    @Test
    void wordsOfASentenceAreSetApartAsInKenLMsEstimator() {
        assertThat(WordSeparators.split(" a\tb\0c\r")).containsExactly("a", "b", "c");
        assertThat(WordSeparators.split("a\u00a0b")).containsExactly("a\u00a0b");
        assertThat(WordSeparators.split("")).isEmpty();
    }

    @Test
    void contextsThatCannotMatterAreForgotten() throws IOException {
        NGramModel model = read(MODEL);
        assertThat(after(model, "b")).isNotEqualTo(emptyContext(model));
        // No n-gram goes on from "</s>", and it has no back-off weight.
        assertThat(after(model, "</s>")).isEqualTo(emptyContext(model));
    }

    private static int[] emptyContext(NGramModel model) {
        int[] state = new int[model.stateSize()];
        model.writeEmptyContext(state, 0);
        return state;
    }

    private static int[] after(NGramModel model, String word) {
        int[] state = emptyContext(model);
        model.score(state, 0, model.wordId(word), state, 0);
        return state;
    }

    @ParameterizedTest
    @CsvSource({
        "Windows lines, '\n', '\r\n'",
        "spaces for tabs, '\t', '   '",
        "tabs for spaces, ' ', '\t'",
        "spaces in counts, '=', ' = '",
        "capitals, <unk>, <UNK>",
        "byte order mark, '^', '\ufeff'",
        "prose, '^', 'ngram 1=nr\n\\1-grams:\nA file begins with \\data\\\n\n'",
        "more behind the end, '\\\\end\\\\', '\\end\\\n\nwritten by hand'",
        "no empty lines, '\n\n', '\n'",
        "back-off of the highest order, 'b a c', 'b a c\t-7'"
    })
    void variantsAreTheSameModel(String name, String regex, String replacement) throws IOException {
        NGramModel model =
                read(
                        MODEL.replaceFirst("^", "")
                                .replaceAll(regex, Matcher.quoteReplacement(replacement)));
        assertThat(model.vocabulary()).containsExactly("<unk>", "<s>", "</s>", "a", "b", "c");
        assertScores(model, "a b c", -0.25, -0.1, -0.2, -0.6 + 0.1 - 0.9);
        assertScores(model, "b a c", -0.4 - 0.7, -0.2 - 0.5, -0.125, 0.1 - 0.9);
    }

    @Test
    void missingWordsHaveFloors() throws IOException {
        NGramModel model = read("\\data\\\nngram 1=1\n\\1-grams:\n-0.5 a\n\\end\\");
        assertThat(model.order()).isEqualTo(1);
        assertThat(model.vocabulary()).containsExactly("<unk>", "a");
        assertScores(model, "a b", -0.5, -100, -100);
    }

    @Test
    void sectionsWithoutNGramsMayBeMissing() throws IOException {
        NGramModel model = read("\\data\\\nngram 1=1\nngram 2=0\n\\1-grams:\n-0.5 a\n\\end\\");
        assertThat(model.order()).isEqualTo(2);
        assertScores(model, "a", -0.5, -100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.arpa", "model.arpa.gz"})
    void readsWhatTheEstimatorWrites(String name) throws IOException {
        EstimatedNGrams estimated =
                NGramEstimator.builder()
                        .setOrder(3)
                        .optDiscountFallback(new Discounts(0.5f, 1, 1.5f))
                        .build()
                        .estimate(List.of("a b c", "a b", "b c a", "c c", "a"));
        Path file = folder.resolve(name);
        estimated.writeArpa(file);
        NGramModel model = NGramModel.read(file);
        BackoffTable table = BackoffTable.of(estimated);
        assertScores(
                model,
                "a b",
                Math.log10(table.probability(List.of("<s>", "a"))),
                Math.log10(table.probability(List.of("<s>", "a", "b"))),
                Math.log10(table.probability(List.of("a", "b", "</s>"))));
    }

    @Test
    void readsTheModelOfAN4() throws IOException {
        NGramModel model = NGramModel.read(TestData.of(PublicCorpus.AN4, "data/an4/an4.ug.lm"));
        assertThat(model.vocabulary()).hasSize(107).contains("APOSTROPHE", "<unk>");
        assertScores(model, "ZERO AND", -2.0253, -2.0253, -2.0253);
    }

    @ParameterizedTest
    @CsvSource({
        "'ngram 1=6\n', '', 'line 2: the count of 2-grams stands where that of 1-grams should'",
        "'ngram 1=6', 'ngram 1=six', 'line 2: \"ngram 1=six\" should be a count'",
        "'ngram 1=6', 'ngram 1=5', 'line 12: the header counts 5 1-grams, but here is another'",
        "'ngram 2=4', 'ngram 2=5', 'line 20: the header counts 5 2-grams, but the section before this line has 4'",
        "'ngram 3=3', 'ngram 3=999999999999999', 'line 25: the header counts 999999999999999 3-grams'",
        "'ngram 3=3', 'ngram 3=3\nngram 4=1', 'line 26: \"\\end\\\" should be \\4-grams:'",
        "'ngram 3=3\n', '', 'line 19: \"\\3-grams:\" should be \\end\\'",
        "'\\2-grams:', '\\2grams:', 'line 14: \"\\2grams:\" should be \\2-grams:'",
        "'-0.5\ta', 'NaN\ta', 'line 10: in \"NaN\ta\t-0.3\", a number should stand where \"NaN\" does'",
        "'-0.5\ta', '-1e39\ta', 'line 10: in'",
        "'a\t-0.3', 'a\t-inf', 'line 10: in'",
        "'-0.5\ta', 'inf\ta', 'line 10: in'",
        "'-0.5\ta', '-1f\ta', 'line 10: in'",
        "'-0.5\ta', '0.5\ta', 'line 10: the log probability 0.5 is above 0'",
        "'c\t0.1', 'a\t0.1', 'line 12: the word \"a\" occurs twice'",
        "'-1.25\tc\t0.1', '-1.25', 'line 12: \"-1.25\" has fewer words than a 1-gram'",
        "'-0.45\tc a', '-0.45\tc', 'line 17: \"-0.45\tc\" has fewer words'",
        "'-0.45\tc a', '-0.45\tc a 1 1', 'line 17: \"-0.45\tc a 1 1\" has more words'",
        "'-0.45\tc a', '-0.45\tc d', 'line 17: the word \"d\" is not among the 1-grams'",
        "'-0.45\tc a', '-0.45\ta b', 'line 17: the n-gram \"a b\" occurs twice'",
        "'\n\\end\\', '', 'line 24: the file ends after this line'",
        "'\n-0.125\tb a c\n\n\\end\\', '', 'line 22: the file ends after this line'"
    })
    void namesTheLine(String correct, String wrong, String message) {
        assertThat(MODEL).contains(correct);
        assertThatThrownBy(() -> read(MODEL.replace(correct, wrong)))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("model.arpa, " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a text", "\\data", "ngram 1=1\n\\1-grams:\n-1 a\n\\end\\"})
    void otherFilesAreRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("model.arpa: there is no line \\data\\ in it");
    }

    @Test
    void wordsMustBeUtf8() {
        byte[] text = MODEL.replace("c", "\u00fc").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("line 12")
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aLineHasAnEnd() {
        byte[] text = new byte[3 << 20];
        Arrays.fill(text, (byte) 'a');
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("line 1: it is longer than 1 MiB");
    }

    @Test
    void damagedGzip() throws IOException {
        byte[] gzip =
                Files.readAllBytes(
                        Fixtures.gzip(Files.writeString(folder.resolve("m"), MODEL), folder));
        assertThat(read(gzip).order()).isEqualTo(3);
        byte[] cutOff = Arrays.copyOf(gzip, gzip.length - 6);
        assertThatThrownBy(() -> read(cutOff))
                .isInstanceOf(LanguageModelFormatException.class)
                .hasMessageContaining("gzip data is damaged or cut off");
        gzip[gzip.length - 8] ^= 1;
        assertThatThrownBy(() -> read(gzip)).isInstanceOf(LanguageModelFormatException.class);
    }
}
