package io.github.djlctc.examples.decode;

import io.github.djlctc.examples.common.command.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Language models of other words than the CTC model's. */
class LanguageModelFitTest {

    @TempDir Path folder;

    private List<Object> arguments() throws IOException {
        return new TinyModel(folder).utterance("u1", "aa-a_b").arguments("decode");
    }

    private Path model(String words) throws IOException {
        List<String> unigrams = List.of(words.split(" "));
        StringBuilder text = new StringBuilder("\\data\\\nngram 1=" + (unigrams.size() + 3));
        text.append("\n\n\\1-grams:\n-1\t<unk>\n-99\t<s>\n-1\t</s>\n");
        unigrams.forEach(word -> text.append("-1\t").append(word).append('\n'));
        return Files.writeString(folder.resolve("model.arpa"), text + "\n\\end\\\n");
    }

    @ParameterizedTest
    @CsvSource({
        "AA AB, can spell 0 of the 2 words of the language model; in lower case it could spell them (--letter-case lower)",
        "mond sonne, can spell 0 of the 2 words of the language model; it is of another language",
        "▁a ▁b, 'its entries are subwords, with the marks ▁ or ##, which are no tokens of'"
    })
    void aModelWithoutAWordThatFitsIsAnError(String words, String message) throws IOException {
        Outcome outcome = DecodeProgram.run(arguments(), "--lm", model(words));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--lm " + folder.resolve("model.arpa"), message);
    }

    @Test
    void aModelWithFewWordsThatFitIsAWarning() throws IOException {
        Outcome outcome = DecodeProgram.run(arguments(), "--lm", model("aa MOND SONNE"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .contains("warning: --lm ", "the alphabet can spell 1 of the 3 words");
    }

    @Test
    void letterCaseMakesTheWordsFit() throws IOException {
        Outcome outcome =
                DecodeProgram.run(arguments(), "--lm", model("AA B"), "--letter-case", "lower");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).doesNotContain("warning");
        assertThat(outcome.out()).startsWith("u1\taa b");
    }

    @Test
    void aModelOfCharactersIsTakenForOneOfTokens() throws IOException {
        Outcome outcome = DecodeProgram.run(arguments(), "--lm", model("a b"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).contains("note: ", "so --lm-unit is token");

        Outcome lexicon = DecodeProgram.run(arguments(), "--lm", model("a b"), "--lexicon", "lm");

        assertThat(lexicon.exitCode()).isEqualTo(2);
        assertThat(lexicon.err()).contains("--lexicon lm needs a language model of words");
    }

    @Test
    void theUnitThatIsGivenStays() throws IOException {
        Outcome outcome = DecodeProgram.run(arguments(), "--lm", model("a b"), "--lm-unit", "word");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .doesNotContain("note: ")
                .contains(
                        "can spell 2 of the 2 words of the language model; its entries are tokens"
                                + " of the CTC model, not words (--lm-unit token)");
    }

    @Test
    void wordsAsTokensAreAWarning() throws IOException {
        Outcome outcome =
                DecodeProgram.run(
                        arguments(), "--lm", model("a b aa bab ab bb"), "--lm-unit", "token");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).contains("its entries are words, not tokens (--lm-unit word)");
    }

    @Test
    void theReportCountsTheWordsThatTheModelKnows() throws IOException {
        Path model = model("aa bbb");
        Object[] asHeard = {"--lm", model, "--alpha", 0, "--unk-score", 0};
        Outcome outcome = DecodeProgram.run(arguments(), asHeard);
        Outcome json =
                DecodeProgram.run(
                        arguments(), "--lm", model, "--alpha", 0, "--unk-score", 0, "--json");

        assertThat(outcome.err()).doesNotContain("warning");
        assertThat(outcome.out())
                .contains("known words 1 of 2 decoded, 50.0 %, by the language model");
        assertThat(json.events("languageModelCoverage").get(0))
                .hasToString(
                        "{\"event\":\"languageModelCoverage\",\"unit\":\"word\",\"decoded\":2,"
                                + "\"known\":1,\"share\":0.5}");
        assertThat(DecodeProgram.run(arguments()).out()).doesNotContain("known words");
    }

    @Test
    void aModelThatKnowsFewOfTheDecodedWordsIsAWarning() throws IOException {
        Outcome outcome =
                DecodeProgram.run(
                        arguments(), "--lm", model("abab bab"), "--alpha", 0, "--unk-score", 0);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .contains(
                        "warning: --lm " + folder.resolve("model.arpa"),
                        "the language model knows 0 of the 2 decoded words (0.0 %)",
                        "(--letter-case, --lm-unit; --lexicon lm permits known words only)");
    }

    @Test
    void aModelThatKnowsFewWordsOfTheLexiconIsAWarning() throws IOException {
        Path lexicon = Files.writeString(folder.resolve("words.txt"), "aa b ab");

        Outcome other =
                DecodeProgram.run(arguments(), "--lm", model("aa bab"), "--lexicon", lexicon);
        Outcome right = DecodeProgram.run(arguments(), "--lm", model("aa b"), "--lexicon", lexicon);

        assertThat(other.err()).contains("knows 1 of the 3 words of the lexicon");
        assertThat(right.err()).doesNotContain("warning");
    }

    @Test
    void marksOfSubwordsAreSeen() throws IOException {
        List<Object> arguments = new ArrayList<>(arguments());
        Path alphabet = folder.resolve("alphabet.txt");
        Files.write(alphabet, List.of("<blank>", "▁b", "▁a", "b"));

        Outcome outcome = DecodeProgram.run(arguments, "--greedy");

        assertThat(outcome.err()).contains("note: ", "so --subwords is sentencepiece");
        assertThat(outcome.out()).startsWith("u1\ta a bb");
        assertThat(DecodeProgram.run(arguments, "--greedy", "--subwords", "none").out())
                .startsWith("u1\t▁a▁a▁bb");
    }

    @Test
    void warningsOfTheModelAreShown() throws IOException {
        Path model = model("aa b");
        String text = Files.readString(model).replace("-1\t</s>", "0\t</s>\t-1\n-1\t</s>");
        Files.writeString(model, text.replace("ngram 1=5", "ngram 1=6"));

        Outcome outcome = DecodeProgram.run(arguments(), "--lm", model);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .doesNotContain("note: ")
                .contains("warning: " + model + ": </s> is listed twice", "line 8 is used");
    }
}
