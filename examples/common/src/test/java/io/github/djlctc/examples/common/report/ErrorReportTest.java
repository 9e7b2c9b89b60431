package io.github.djlctc.examples.common.report;

import io.github.djlctc.metric.ErrorCounts;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorReportTest {

    private static final ErrorCounts WORDS = new ErrorCounts(2, 1, 0, 9);
    private static final ErrorCounts NOTHING = new ErrorCounts(0, 0, 1, 0);

    @Test
    void tableShowsRatesAndKindsOfErrors() {
        assertThat(ErrorRateTable.of("test", WORDS, WORDS).toString().lines())
                .satisfiesExactly(
                        header -> assertThat(header).startsWith("test ").endsWith("  inserted"),
                        rule -> assertThat(rule).matches("[- ]+"),
                        row -> assertThat(row).matches("words \\(WER\\) +3 +9 +33.33 +2 +1 +0"),
                        row -> assertThat(row).matches("characters .* +3 +9 +33.33 +2 +1 +0"));
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
