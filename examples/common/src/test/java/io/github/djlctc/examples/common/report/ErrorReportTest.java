package io.github.djlctc.examples.common.report;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.Transcript;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.text.Alphabet;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorReportTest {

    private static final ErrorCounts WORDS = new ErrorCounts(2, 1, 0, 9);
    private static final ErrorCounts NOTHING = new ErrorCounts(0, 0, 1, 0);

    @Test
    void tableShowsRatesAndKindsOfErrors() {
        assertThat(ErrorRateTable.of("test", WordErrorUnit.WORD, WORDS, WORDS).lines())
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("test ").endsWith("  inserted"),
                        rule -> assertThat(rule).matches("[- ]+"),
                        row -> assertThat(row).matches("words \\(WER\\) +3 +9 +33.33 +2 +1 +0"),
                        row -> assertThat(row).matches("characters .* +3 +9 +33.33 +2 +1 +0"));
    }

    /** Words that are recognised where nothing is said have no rate. */
    @Test
    void anEmptyReferenceHasNoRate() {
        assertThat(ErrorRateTable.percent(NOTHING)).isEqualTo("-");
        assertThat(ErrorRateTable.percent(ErrorCounts.ZERO)).isEqualTo("0.00");
    }

    @Test
    void wordErrorsOfJoinedWordsAreThoseOfCharactersAndSaySo() {
        Alphabet chinese = Alphabet.ofCharacters("市房地产");
        WordErrorUnit unit = WordErrorUnit.of(chinese);
        assertThat(unit.count("市房地产", "市房产")).isEqualTo(new ErrorCounts(0, 1, 0, 4));
        Evaluation evaluation = new Evaluation(1, List.of(), WORDS, unit, WORDS, 0);
        StringWriter text = new StringWriter();
        StringWriter json = new StringWriter();
        ProgramTerms terms = new ProgramTerms("utterances", "audit", "use %s");

        new TextReport(new PrintWriter(text), terms).errors("test", "greedy", evaluation);
        new JsonReport(new PrintWriter(json)).errors("test", "greedy", evaluation);

        assertThat(text.toString().lines())
                .noneMatch(line -> line.startsWith("words"))
                .anyMatch(line -> line.startsWith("characters (CER)"))
                .contains(unit.note().get());
        JsonObject errors = JsonParser.parseString(json.toString()).getAsJsonObject();
        assertThat(errors.get("words")).isEqualTo(errors.get("characters"));
        assertThat(errors.get("note").getAsString()).isEqualTo(unit.note().get());
    }

    @Test
    void textsThatALexiconLeftEmptyAreCounted() {
        Transcript lost = new Transcript("id", "one", "");
        Evaluation evaluation =
                new Evaluation(1, List.of(lost, lost), WORDS, WordErrorUnit.WORD, WORDS, 1);
        StringWriter text = new StringWriter();
        StringWriter json = new StringWriter();
        ProgramTerms terms = new ProgramTerms("lines", "audit", "use %s");

        new TextReport(new PrintWriter(text), terms).errors("test", "greedy", evaluation);
        new JsonReport(new PrintWriter(json)).errors("test", "greedy", evaluation);

        assertThat(text.toString().lines())
                .contains(
                        "warning: nothing that the lexicon permits fits 1 of 2 lines, so their texts"
                                + " are empty");
        JsonObject errors = JsonParser.parseString(json.toString()).getAsJsonObject();
        assertThat(errors.get("withoutText").getAsInt()).isEqualTo(1);
    }

    @Test
    void jsonHasNoNumbersThatAreNotFinite() {
        JsonObject object = JsonOutput.event("errors");
        object.add("words", JsonOutput.counts(NOTHING));
        object.add("loss", JsonOutput.number(Double.NaN));
        object.addProperty("text", "<ä>");

        assertThat(JsonOutput.line(object))
                .startsWith("{\"event\":\"errors\",\"words\":{")
                .contains("\"rate\":null", "\"loss\":null", "\"text\":\"<ä>\"");
    }
}
