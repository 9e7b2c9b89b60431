package io.github.djlctc.spark;

import io.github.djlctc.lm.estimate.DiscountException;
import io.github.djlctc.lm.estimate.EstimatedNGrams;
import io.github.djlctc.lm.estimate.NGramCollector;
import io.github.djlctc.lm.estimate.NGramEstimator;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

/**
 * Counts the n-grams of a text of any size, by Spark's own shuffle, and estimates a language model
 * from the counts.
 *
 * <p>The model is the one that the estimator makes of the text, to the last bit, and so is the ARPA
 * file. The driver reads the counts partition by partition and needs the memory of the estimator;
 * the words of the text must fit its heap, about 40 bytes each.
 *
 * <pre>{@code
 * NGramEstimator estimator = NGramEstimator.builder().setOrder(3).build();
 * TextLines lines = TextLines.read(spark, "texts");
 * try (EstimatedNGrams model = NGramCounter.of(estimator).estimate(lines)) {
 *     model.writeArpa(Path.of("model.arpa.gz"));
 * }
 * }</pre>
 *
 * <p>Immutable.
 */
public final class NGramCounter {

    private static final String WORD = FoundWords.WORD;
    private static final String ERROR = FoundWords.ERROR;
    private static final String FIRST = "first";
    private static final String NGRAM = "ngram";
    private static final String COUNT = "count";

    private final NGramEstimator estimator;

    private NGramCounter(NGramEstimator estimator) {
        this.estimator = estimator;
    }

    /**
     * Creates a counter of what an estimator needs.
     *
     * @param estimator estimates models here, in the driver; its order is that of the n-grams
     * @return the counter
     */
    public static NGramCounter of(NGramEstimator estimator) {
        return new NGramCounter(Objects.requireNonNull(estimator, "estimator"));
    }

    /**
     * Finds the words of a text, when an action of Spark asks for them.
     *
     * @param lines the text
     * @return in the order of first occurrence, each {@code word}, its place {@code first} as a
     *     struct of {@code file}, {@code block}, {@code row} and {@code index}, and {@code error};
     *     where a line has what is no word, that is the reason and the word is null
     */
    public Dataset<Row> words(TextLines lines) {
        Objects.requireNonNull(lines, "lines");
        MapPartitionsFunction<Row, Row> find = FoundWords::new;
        return lines.rows()
                .mapPartitions(find, Encoders.row(FoundWords.SCHEMA))
                .groupBy(WORD, ERROR)
                .agg(
                        min(struct(
                                        TextLines.FILE,
                                        TextLines.BLOCK,
                                        TextLines.ROW,
                                        FoundWords.INDEX))
                                .as(FIRST))
                .orderBy(FIRST);
    }

    /**
     * Counts the n-grams of a text, when an action of Spark asks for them; what is no word is an
     * error of that action.
     *
     * @param lines the text
     * @return each different {@code ngram} as {@link io.github.djlctc.lm.estimate.NGramSource}
     *     defines it, its words separated by one space each, and its {@code count}, in any order
     */
    public Dataset<Row> ngrams(TextLines lines) {
        Objects.requireNonNull(lines, "lines");
        int order = estimator.order();
        MapPartitionsFunction<byte[], byte[]> cut = part -> new NGramsOfLines(part, order);
        return lines.rows()
                .select(TextLines.LINE)
                .as(Encoders.BINARY())
                .mapPartitions(cut, Encoders.BINARY())
                .toDF(NGRAM)
                .select(col(NGRAM).cast(DataTypes.StringType))
                .groupBy(NGRAM)
                .count();
    }

    /**
     * Estimates a model from a text, which is read twice: for its words and for its n-grams.
     *
     * @param lines the text
     * @return the model
     * @throws IllegalArgumentException if the text has no word, or what is none: a reserved one,
     *     one that is too long or is not UTF-8; the message names the file and the line of the
     *     first
     * @throws DiscountException if discounts cannot be computed and there is no fallback
     * @throws IOException if the estimator cannot write temporary files
     */
    public EstimatedNGrams estimate(TextLines lines) throws IOException {
        Dataset<Row> words = words(lines);
        Dataset<Row> ngrams =
                ngrams(lines)
                        // One more shuffle: else only one partition is summed at a time, when the
                        // driver asks for it.
                        .repartition(col(NGRAM))
                        .select(col(NGRAM).cast(DataTypes.BinaryType), col(COUNT));
        return estimator.estimate(
                () -> new CheckedWords(words.toLocalIterator(), lines),
                collector -> add(ngrams.toLocalIterator(), collector));
    }

    private static void add(Iterator<Row> ngrams, NGramCollector collector) throws IOException {
        while (ngrams.hasNext()) {
            Row ngram = ngrams.next();
            collector.add(ngram.<byte[]>getAs(0), ngram.getLong(1));
        }
    }

    /** The words up to what is none. */
    private record CheckedWords(Iterator<Row> rows, TextLines lines) implements Iterator<String> {

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public String next() {
            Row row = rows.next();
            String error = row.getAs(ERROR);
            if (error != null) {
                throw new IllegalArgumentException(lines.place(row.getAs(FIRST)) + ": " + error);
            }
            return row.getAs(WORD);
        }
    }
}
