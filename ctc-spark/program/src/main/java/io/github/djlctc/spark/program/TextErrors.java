package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.emission.References;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.metric.ErrorRates;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.ReduceFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The errors of a text.
 *
 * @param words word errors, or character errors where nothing separates words
 * @param characters character errors
 */
record TextErrors(ErrorCounts words, ErrorCounts characters) implements Serializable {

    private static TextErrors of(WordErrorUnit unit, String reference, String text) {
        String found = text == null ? "" : text;
        return new TextErrors(
                unit.count(reference, found), ErrorRates.characters(reference, found));
    }

    private TextErrors plus(TextErrors other) {
        return new TextErrors(words.plus(other.words), characters.plus(other.characters));
    }

    /**
     * Counts the errors of all results that have a reference. A result without text counts as one
     * that is empty.
     *
     * @param results rows with {@code utt} and {@code text}
     * @param form brings references into the form of the texts
     */
    static DecodingErrors count(
            SparkSession session,
            Dataset<Row> results,
            References references,
            UnaryOperator<String> form,
            WordErrorUnit unit) {
        List<Tuple2<String, String>> pairs = new ArrayList<>();
        references
                .ids()
                .forEach(id -> pairs.add(new Tuple2<>(id, form.apply(references.text(id)))));
        Dataset<Row> texts =
                session.createDataset(pairs, Encoders.tuple(Encoders.STRING(), Encoders.STRING()))
                        .toDF("utt", "reference");
        return count(results.join(texts, "utt"), unit);
    }

    /**
     * Counts the errors of all results that have a reference. A result without text counts as one
     * that is empty.
     *
     * @param results rows with {@code reference} and {@code text}
     */
    static DecodingErrors count(Dataset<Row> results, WordErrorUnit unit) {
        TextErrors zero = new TextErrors(ErrorCounts.ZERO, ErrorCounts.ZERO);
        Dataset<Serializable> each =
                results.filter("reference is not null")
                        .select("reference", "text")
                        .map(
                                (MapFunction<Row, Serializable>)
                                        row -> of(unit, row.getString(0), row.getString(1)),
                                Encoders.javaSerialization(Serializable.class));
        TextErrors sum =
                each.isEmpty()
                        ? zero
                        : (TextErrors)
                                each.reduce(
                                        (ReduceFunction<Serializable>)
                                                (a, b) -> ((TextErrors) a).plus((TextErrors) b));
        return new DecodingErrors(unit, sum.words, sum.characters);
    }
}
