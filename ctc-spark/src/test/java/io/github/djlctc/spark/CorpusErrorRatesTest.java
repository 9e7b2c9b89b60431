package io.github.djlctc.spark;

import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiFunction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CorpusErrorRatesTest {

    private static final List<String> WORDS =
            List.of("ENTER", "SIX", "TWO", "ERASE", "O", "RUBOUT", "G", "M", "E", "HELP");

    /** Words as of AN4, and hypotheses with some of them left out, doubled or exchanged. */
    private static List<Row> utterances() {
        Random random = new Random(7);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<String> reference = new ArrayList<>();
            List<String> hypothesis = new ArrayList<>();
            for (int length = random.nextInt(7); length >= 0; length--) {
                String word = WORDS.get(random.nextInt(WORDS.size()));
                reference.add(word);
                switch (random.nextInt(6)) {
                    case 0 -> hypothesis.add(WORDS.get(random.nextInt(WORDS.size())));
                    case 1 -> hypothesis.addAll(List.of(word, word));
                    case 2 -> {}
                    default -> hypothesis.add(word);
                }
            }
            rows.add(
                    row(
                            String.join(" ", reference),
                            i % 11 == 0 ? null : String.join("  ", hypothesis),
                            "s" + i % 3,
                            i % 2));
        }
        return rows;
    }

    private static Row row(String reference, String hypothesis, String speaker, int session) {
        return RowFactory.create(reference, hypothesis, speaker, session);
    }

    private static Dataset<Row> frame(List<Row> rows) {
        StructType schema =
                new StructType()
                        .add("the.reference", DataTypes.StringType)
                        .add("text", DataTypes.StringType)
                        .add("speaker", DataTypes.StringType)
                        .add("session", DataTypes.IntegerType);
        return LocalSpark.session().createDataFrame(rows, schema).repartition(3);
    }

    private static Dataset<Row> evaluate(List<Row> rows, String... groups) {
        return CorpusErrorRates.evaluate(frame(rows), "the.reference", "text", groups);
    }

    private static ErrorCounts expected(
            List<Row> rows, BiFunction<String, String, ErrorCounts> metric) {
        return rows.stream()
                .map(
                        row -> {
                            String text = row.isNullAt(1) ? "" : row.getString(1);
                            return metric.apply(row.getString(0), text);
                        })
                .reduce(ErrorCounts.ZERO, ErrorCounts::plus);
    }

    private static void assertCounts(Row counts, ErrorCounts expected) {
        assertThat(counts.<Long>getAs("errors")).isEqualTo(expected.errors());
        assertThat(counts.<Long>getAs("substitutions")).isEqualTo(expected.substitutions());
        assertThat(counts.<Long>getAs("deletions")).isEqualTo(expected.deletions());
        assertThat(counts.<Long>getAs("insertions")).isEqualTo(expected.insertions());
        assertThat(counts.<Long>getAs("length")).isEqualTo(expected.referenceLength());
        assertThat(counts.<Double>getAs("rate")).isEqualTo(expected.rate());
    }

    private static void assertRates(Row evaluated, List<Row> rows) {
        assertThat(evaluated.<Long>getAs("utterances")).isEqualTo(rows.size());
        assertThat(evaluated.<Long>getAs("failed"))
                .isEqualTo(rows.stream().filter(row -> row.isNullAt(1)).count());
        assertCounts(evaluated.getAs("words"), expected(rows, ErrorRates::words));
        assertCounts(evaluated.getAs("characters"), expected(rows, ErrorRates::characters));
    }

    @Test
    void theWholeCorpusIsTheSumOfItsUtterances() {
        List<Row> rows = utterances();

        List<Row> evaluated = evaluate(rows).collectAsList();

        assertThat(evaluated).hasSize(1);
        assertRates(evaluated.get(0), rows);
        assertThat(evaluated.get(0).<Long>getAs("failed")).isEqualTo(6);
        assertThat(evaluated.get(0).<Long>getAs("unreferenced")).isZero();
    }

    @Test
    void groupsAreEvaluatedEachOnItsOwn() {
        Map<String, List<Row>> groups = new TreeMap<>();
        for (Row row : utterances()) {
            groups.computeIfAbsent(row.getString(2) + row.getInt(3), unused -> new ArrayList<>())
                    .add(row);
        }

        List<Row> evaluated = evaluate(utterances(), "speaker", "session").collectAsList();

        assertThat(evaluated).hasSize(6);
        for (Row group : evaluated) {
            String name = group.<String>getAs("speaker") + group.<Integer>getAs("session");
            assertRates(group, groups.remove(name));
        }
    }

    @Test
    void rowsWithoutAReferenceCountForNothingAndAreCounted() {
        List<Row> rows = new ArrayList<>(utterances());
        rows.add(row(null, "SIX", "s0", 0));
        rows.add(row(null, null, "s0", 0));

        Row evaluated = evaluate(rows).head();

        assertThat(evaluated.<Long>getAs("unreferenced")).isEqualTo(2);
        assertRates(evaluated, utterances());
    }

    @Test
    void anEmptyReferenceWithAnErrorHasAnInfiniteRate() {
        assertRates(
                evaluate(List.of(row("", "SIX", "s", 0))).head(), List.of(row("", "SIX", "s", 0)));
        assertRates(evaluate(List.of(row(" ", "", "s", 0))).head(), List.of(row("", "", "s", 0)));
        assertRates(evaluate(List.of()).head(), List.of());
        assertThat(evaluate(List.of(), "speaker").collectAsList()).isEmpty();
    }

    @Test
    void columnsThatDoNotFitAreNamed() {
        Dataset<Row> rows = frame(utterances());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusErrorRates.evaluate(rows, "reference", "text"))
                .withMessage(
                        "there is no column \"reference\"; there are the.reference, text, speaker,"
                                + " session");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusErrorRates.evaluate(rows, "text", "session"))
                .withMessage("the column \"session\" is of type int, but must be string");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusErrorRates.evaluate(rows, "text", "text", "accent"))
                .withMessageContaining("\"accent\"");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                CorpusErrorRates.evaluate(
                                        rows.withColumnRenamed("speaker", "Words"),
                                        "text",
                                        "text",
                                        "Words"))
                .withMessageContaining("withColumnRenamed");
        assertThat(Arrays.asList(evaluate(utterances(), "speaker").columns()))
                .containsExactly(
                        "speaker", "utterances", "failed", "unreferenced", "words", "characters");
    }
}
