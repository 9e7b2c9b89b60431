package io.github.djlctc.spark;

import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.HotwordOutcome;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.FrameSpan;
import io.github.djlctc.emission.WordSpan;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The columns that decoding adds to a row. Where there is an {@code error}, the others are null.
 *
 * @param secondsPerFrame what the positions of words are multiplied with; 1 for frames
 */
record ResultColumns(double secondsPerFrame) implements Serializable {

    private static final StructType SCORES =
            struct(
                    field("text", DataTypes.StringType),
                    field("score", DataTypes.DoubleType),
                    field("acoustic", DataTypes.DoubleType),
                    field("lm", DataTypes.DoubleType));

    private static final StructType SPAN =
            struct(field("start", DataTypes.DoubleType), field("end", DataTypes.DoubleType));

    private static final StructType WORD =
            struct(
                    field("word", DataTypes.StringType),
                    field("start", DataTypes.DoubleType),
                    field("end", DataTypes.DoubleType),
                    field("confidence", DataTypes.DoubleType));

    private static final StructType HOTWORD =
            struct(
                    field("phrase", DataTypes.StringType),
                    field("weight", DataTypes.DoubleType),
                    field("status", DataTypes.StringType),
                    field("explanation", DataTypes.StringType),
                    field("occurrences", DataTypes.createArrayType(SPAN)));

    private static final StructType ALL =
            SCORES.add(field("words", DataTypes.createArrayType(WORD)))
                    .add(field("nbest", DataTypes.createArrayType(SCORES)))
                    .add(field("hotwords", DataTypes.createArrayType(HOTWORD)))
                    .add(field("error", DataTypes.StringType));

    /**
     * Returns a schema with these columns behind others.
     *
     * @throws IllegalArgumentException if one of the others has the name of one of these
     */
    static StructType after(StructType others) {
        List<String> added = Arrays.asList(ALL.fieldNames());
        Optional<String> taken =
                Arrays.stream(others.fieldNames())
                        .filter(name -> added.stream().anyMatch(name::equalsIgnoreCase))
                        .findFirst();
        if (taken.isPresent()) {
            throw new IllegalArgumentException(
                    "the column \""
                            + taken.get()
                            + "\" has the name of one that is added; rename it"
                            + " (withColumnRenamed) or drop it");
        }
        StructType schema = others;
        for (StructField field : ALL.fields()) {
            schema = schema.add(field);
        }
        return schema;
    }

    /** Returns a row with a result behind its other values. */
    Row result(Row others, BeamSearchResult result) {
        Hypothesis best = result.best();
        Object[] values = values(others);
        int at = others.size();
        values[at++] = best.text();
        values[at++] = best.score();
        values[at++] = best.acousticScore();
        values[at++] = best.languageModelScore();
        values[at++] = rows(best.words(), this::row);
        values[at++] = rows(result.nBest(), ResultColumns::row);
        values[at] = rows(result.hotwords(), this::row);
        return RowFactory.create(values);
    }

    /** Returns a row with the reason why there is no result behind its other values. */
    static Row error(Row others, String reason) {
        Object[] values = values(others);
        values[values.length - 1] = reason;
        return RowFactory.create(values);
    }

    private static Object[] values(Row others) {
        Object[] values = new Object[others.size() + ALL.size()];
        for (int i = 0; i < others.size(); i++) {
            values[i] = others.get(i);
        }
        return values;
    }

    private static Row row(Hypothesis hypothesis) {
        return RowFactory.create(
                hypothesis.text(),
                hypothesis.score(),
                hypothesis.acousticScore(),
                hypothesis.languageModelScore());
    }

    private Row row(WordSpan word) {
        return RowFactory.create(
                word.word(),
                position(word.startFrame()),
                position(word.endFrame()),
                word.confidence());
    }

    private Row row(HotwordOutcome outcome) {
        return RowFactory.create(
                outcome.hotword().phrase(),
                outcome.hotword().weight(),
                outcome.status().name(),
                outcome.explanation(),
                rows(outcome.occurrences(), this::span));
    }

    private Row span(List<? extends FrameSpan> occurrence) {
        return RowFactory.create(
                position(occurrence.get(0).startFrame()),
                position(occurrence.get(occurrence.size() - 1).endFrame()));
    }

    /** Returns a position without the noise of binary fractions. */
    private double position(int frame) {
        return Math.round(frame * secondsPerFrame * 1e9) / 1e9;
    }

    private static <T> Row[] rows(List<T> list, Function<T, Row> row) {
        return list.stream().map(row).toArray(Row[]::new);
    }

    private static StructField field(String name, DataType type) {
        return DataTypes.createStructField(name, type, true);
    }

    private static StructType struct(StructField... fields) {
        return new StructType(fields);
    }
}
