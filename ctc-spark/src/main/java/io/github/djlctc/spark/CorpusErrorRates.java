package io.github.djlctc.spark;

import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

/**
 * Counts the errors of recognised texts against their references, by groups of rows.
 *
 * <p>The errors are those of {@link ErrorRates}. The result has a row for each group, with the
 * columns of the groups and these:
 *
 * <ul>
 *   <li>{@code utterances}: the rows of the group that have a reference;
 *   <li>{@code failed}: those of them whose text is null, because they could not be recognised.
 *       They count as empty texts: all of the reference is deleted;
 *   <li>{@code unreferenced}: other rows, without a reference, which count for nothing;
 *   <li>{@code words} and {@code characters}: each a struct of {@code errors}, {@code
 *       substitutions}, {@code deletions}, {@code insertions}, {@code length} (of the references)
 *       and {@code rate}, errors / length; for empty references 0 without errors, and infinity with
 *       errors.
 * </ul>
 *
 * <pre>{@code
 * CorpusErrorRates.evaluate(texts, "transcript", "text", "speaker")
 *         .select("speaker", "words.rate", "characters.rate").show();
 * }</pre>
 */
public final class CorpusErrorRates {

    private static final String UTTERANCES = "utterances";
    private static final String FAILED = "failed";
    private static final String UNREFERENCED = "unreferenced";
    private static final String WORDS = "words";
    private static final String CHARACTERS = "characters";
    private static final Set<String> ADDED =
            Set.of(UTTERANCES, FAILED, UNREFERENCED, WORDS, CHARACTERS);

    private static final String SUBSTITUTIONS = "substitutions";
    private static final String DELETIONS = "deletions";
    private static final String INSERTIONS = "insertions";
    private static final String LENGTH = "length";

    private static final StructType COUNTS =
            new StructType()
                    .add(SUBSTITUTIONS, DataTypes.LongType)
                    .add(DELETIONS, DataTypes.LongType)
                    .add(INSERTIONS, DataTypes.LongType)
                    .add(LENGTH, DataTypes.LongType);

    private CorpusErrorRates() {}

    /**
     * Counts errors.
     *
     * @param rows texts and their references
     * @param reference the column of the true texts
     * @param hypothesis the column of the recognised texts
     * @param groups the columns whose values divide the rows; without one, all are one group
     * @return the groups, in no order
     * @throws IllegalArgumentException if a column is missing, or not of strings, or a group has
     *     the name of a column of the result
     */
    public static Dataset<Row> evaluate(
            Dataset<Row> rows, String reference, String hypothesis, String... groups) {
        Objects.requireNonNull(rows, "rows");
        checkText(rows.schema(), reference);
        checkText(rows.schema(), hypothesis);
        Column[] grouped = groups(rows.schema(), groups);
        return grouped(rows, reference, hypothesis, grouped)
                .groupBy(grouped)
                .agg(
                        coalesce(sum(UTTERANCES), lit(0L)).as(UTTERANCES),
                        coalesce(sum(FAILED), lit(0L)).as(FAILED),
                        count(lit(1)).minus(coalesce(sum(UTTERANCES), lit(0L))).as(UNREFERENCED),
                        rates(WORDS),
                        rates(CHARACTERS));
    }

    private static Dataset<Row> grouped(
            Dataset<Row> rows, String reference, String hypothesis, Column[] groups) {
        Column truth = Columns.named(reference);
        Column text = Columns.named(hypothesis);
        List<Column> columns = new ArrayList<>(Arrays.asList(groups));
        columns.add(when(truth.isNotNull(), lit(1L)).otherwise(lit(0L)).as(UTTERANCES));
        columns.add(
                when(truth.isNotNull().and(text.isNull()), lit(1L)).otherwise(lit(0L)).as(FAILED));
        columns.add(counting(ErrorRates::words).apply(truth, text).as(WORDS));
        columns.add(counting(ErrorRates::characters).apply(truth, text).as(CHARACTERS));
        return rows.select(columns.toArray(Column[]::new));
    }

    /** Is not called again for each of its fields, as Spark may do with what is deterministic. */
    private static UserDefinedFunction counting(Metric metric) {
        UDF2<String, String, Row> function =
                (reference, hypothesis) ->
                        reference == null ? null : row(metric, reference, hypothesis);
        return udf(function, COUNTS).asNondeterministic();
    }

    private static Row row(Metric metric, String reference, String hypothesis) {
        ErrorCounts counts = metric.count(reference, hypothesis == null ? "" : hypothesis);
        return RowFactory.create(
                counts.substitutions(),
                counts.deletions(),
                counts.insertions(),
                counts.referenceLength());
    }

    private static Column rates(String metric) {
        Column substitutions = total(metric, SUBSTITUTIONS);
        Column deletions = total(metric, DELETIONS);
        Column insertions = total(metric, INSERTIONS);
        Column length = total(metric, LENGTH);
        Column errors = substitutions.plus(deletions).plus(insertions);
        Column rate =
                when(errors.equalTo(0), lit(0.0))
                        .when(length.equalTo(0), lit(Double.POSITIVE_INFINITY))
                        .otherwise(errors.divide(length));
        return struct(
                        errors.as("errors"),
                        substitutions.as(SUBSTITUTIONS),
                        deletions.as(DELETIONS),
                        insertions.as(INSERTIONS),
                        length.as(LENGTH),
                        rate.as("rate"))
                .as(metric);
    }

    private static Column total(String metric, String field) {
        return coalesce(sum(col(metric + "." + field)), lit(0L));
    }

    private static Column[] groups(StructType schema, String[] groups) {
        for (String group : groups) {
            Columns.typeOf(schema, group);
            if (ADDED.contains(group.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "the column \""
                                + group
                                + "\" has the name of one of the result; rename it"
                                + " (withColumnRenamed)");
            }
        }
        return Arrays.stream(groups).map(Columns::named).toArray(Column[]::new);
    }

    private static void checkText(StructType schema, String name) {
        DataType type = Columns.typeOf(schema, name);
        if (!type.equals(DataTypes.StringType)) {
            throw new IllegalArgumentException(
                    "the column \""
                            + name
                            + "\" is of type "
                            + type.catalogString()
                            + ", but must be string");
        }
    }

    /** Counts the errors of a text. */
    @FunctionalInterface
    private interface Metric extends Serializable {

        ErrorCounts count(String reference, String hypothesis);
    }
}
