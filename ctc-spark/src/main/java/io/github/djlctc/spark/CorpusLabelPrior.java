package io.github.djlctc.spark;

import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.decode.LabelPriorEstimator;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.text.Alphabet;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.Tuple2;

import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;

/**
 * Estimates the {@link LabelPrior} of a model from a column of its emissions. The prior is, to the
 * last bit, that of {@link LabelPrior#estimate} of the same utterances.
 */
public final class CorpusLabelPrior {

    private CorpusLabelPrior() {}

    /**
     * Estimates the prior from all rows. Utterances that could not be decoded are passed over.
     *
     * @param rows utterances; as in {@link EmissionDecoder}, their scores are one array or an array
     *     of frames
     * @param column the name of the column of the scores
     * @param alphabet the classes of the model
     * @param scale what the scores are
     * @return the prior
     * @throws IllegalArgumentException if the column is missing or of another type, or there is no
     *     frame
     */
    public static LabelPrior estimate(
            Dataset<Row> rows, String column, Alphabet alphabet, EmissionScale scale) {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(column, "column");
        LabelPriorEstimator all = new LabelPriorEstimator(alphabet, scale);
        new EmissionColumns(column, null, alphabet.size())
                .select(rows)
                .mapPartitions(
                        (MapPartitionsFunction<Tuple2<Row, float[]>, Serializable>)
                                utterances -> sum(utterances, alphabet, scale),
                        Encoders.javaSerialization(Serializable.class))
                .collectAsList()
                .forEach(part -> all.add((LabelPriorEstimator) part));
        return all.estimate();
    }

    private static Iterator<Serializable> sum(
            Iterator<Tuple2<Row, float[]>> utterances, Alphabet alphabet, EmissionScale scale) {
        LabelPriorEstimator part = new LabelPriorEstimator(alphabet, scale);
        utterances.forEachRemaining(selected -> addIfUsable(part, new EmittedUtterance(selected)));
        return Collections.<Serializable>singletonList(part).iterator();
    }

    private static void addIfUsable(LabelPriorEstimator part, EmittedUtterance utterance) {
        try {
            part.add(utterance.scores());
        } catch (IllegalArgumentException e) {
            // What is wrong with it is said where it is decoded.
        }
    }
}
