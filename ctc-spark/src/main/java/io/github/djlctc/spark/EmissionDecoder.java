package io.github.djlctc.spark;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.DecoderRecipe;

import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * Decodes a column of emissions.
 *
 * <p>Each row holds an utterance: its scores as one array, frame by frame ({@code array<float>} or
 * {@code array<double>}), or as an array of frames. The result has all other columns, and these:
 *
 * <ul>
 *   <li>{@code text}, {@code score}, {@code acoustic}, {@code lm}: of the best {@link
 *       io.github.djlctc.decode.Hypothesis}, natural logarithms;
 *   <li>{@code words}: an array of {@code word}, {@code start}, {@code end} (frames, or seconds
 *       with {@link Builder#optSecondsPerFrame}) and {@code confidence} (0 to 1);
 *   <li>{@code nbest}: an array of {@code text}, {@code score}, {@code acoustic} and {@code lm}, of
 *       as many hypotheses as the decoder was told;
 *   <li>{@code hotwords}: an array of {@code phrase}, {@code weight}, {@code status}, {@code
 *       explanation} and {@code occurrences}, of the hotwords that the decoder was given;
 *   <li>{@code error}: why an utterance could not be decoded; all columns above are null then. A
 *       row that comes with an {@code error} of an earlier step keeps it.
 * </ul>
 *
 * <p>An utterance is decoded when its row is asked for, so memory does not grow with the size of a
 * partition. The decoder is built once in each executor.
 *
 * <pre>{@code
 * Dataset<Row> texts = EmissionDecoder.builder().setDecoder(recipe).build().decode(emissions);
 * texts.write().parquet("texts.parquet");
 * }</pre>
 *
 * <p>Immutable.
 */
public final class EmissionDecoder {

    private final DecoderRecipe recipe;
    private final String emissions;
    private final String frames;
    private final ResultColumns results;

    private EmissionDecoder(Builder builder) {
        recipe = builder.recipe;
        emissions = builder.emissions;
        frames = builder.frames;
        results = new ResultColumns(builder.secondsPerFrame);
    }

    /**
     * Creates a builder.
     *
     * @return a builder, whose decoder must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Decodes the emissions of all rows, when an action of Spark asks for them.
     *
     * @param rows utterances
     * @return the rows in their order, with the results in place of the emissions
     * @throws IllegalArgumentException if a column is missing or of another type, or has the name
     *     of one that is added
     * @throws IOException if a file that the decoder needs cannot be read here; one that an
     *     executor cannot read is an error of Spark's action
     */
    public Dataset<Row> decode(Dataset<Row> rows) throws IOException {
        Objects.requireNonNull(rows, "rows");
        // Built here too, so that what is wrong with it is an error before any task runs.
        int classes = recipe.decoder().alphabet().size();
        EmissionColumns columns = new EmissionColumns(emissions, frames, classes);
        StructType schema = ResultColumns.after(columns.others(rows.schema()));
        return columns.select(rows)
                .mapPartitions(decoding(recipe, classes, results), Encoders.row(schema));
    }

    private static MapPartitionsFunction<Tuple2<Row, float[]>, Row> decoding(
            DecoderRecipe recipe, int classes, ResultColumns results) {
        return utterances -> {
            CTCDecoder decoder = recipe.decoder();
            return new Decoded(utterances, decoder, classes, results);
        };
    }

    /** The results of a partition. */
    private record Decoded(
            Iterator<Tuple2<Row, float[]>> utterances,
            CTCDecoder decoder,
            int classes,
            ResultColumns results)
            implements Iterator<Row> {

        @Override
        public boolean hasNext() {
            return utterances.hasNext();
        }

        @Override
        public Row next() {
            EmittedUtterance utterance = new EmittedUtterance(utterances.next());
            try {
                float[] scores = utterance.scores();
                BeamSearchResult result = search(scores, utterance.frames(classes));
                return results.result(utterance.others(), result);
            } catch (IllegalArgumentException e) {
                return ResultColumns.error(utterance.others(), e.getMessage());
            }
        }

        private BeamSearchResult search(float[] scores, int frames) {
            return decoder instanceof BeamSearchDecoder beamSearch
                    ? beamSearch.search(scores, frames)
                    : new BeamSearchResult(List.of(decoder.decode(scores, frames)), List.of());
        }
    }

    /** Builds an {@link EmissionDecoder}. */
    public static final class Builder {

        private DecoderRecipe recipe;
        private String emissions = "emissions";
        private String frames;
        private double secondsPerFrame = 1;

        private Builder() {}

        /**
         * Sets the decoder.
         *
         * @param recipe how each executor builds it
         * @return this builder
         */
        public Builder setDecoder(DecoderRecipe recipe) {
            this.recipe = Objects.requireNonNull(recipe, "recipe");
            return this;
        }

        /**
         * Sets the column of the scores.
         *
         * @param column its name, {@code emissions} by default
         * @return this builder
         */
        public Builder optEmissionsColumn(String column) {
            emissions = Objects.requireNonNull(column, "column");
            return this;
        }

        /**
         * Sets the column of the numbers of frames. Without one they are the number of scores
         * divided by that of the classes.
         *
         * @param column the name of a column of integers, which is checked against the scores
         * @return this builder
         */
        public Builder optFramesColumn(String column) {
            frames = Objects.requireNonNull(column, "column");
            return this;
        }

        /**
         * Sets how long a frame is, so that words have times instead of frames.
         *
         * @param seconds the seconds from one frame to the next, above 0
         * @return this builder
         * @throws IllegalArgumentException if it is not above 0, or not finite
         */
        public Builder optSecondsPerFrame(double seconds) {
            if (!(seconds > 0) || Double.isInfinite(seconds)) {
                throw new IllegalArgumentException(
                        "the seconds per frame must be above 0, but are " + seconds);
            }
            secondsPerFrame = seconds;
            return this;
        }

        /**
         * Builds the decoder of columns.
         *
         * @return the decoder
         * @throws IllegalStateException if no decoder is set
         */
        public EmissionDecoder build() {
            if (recipe == null) {
                throw new IllegalStateException("no decoder; call setDecoder");
            }
            return new EmissionDecoder(this);
        }
    }
}
