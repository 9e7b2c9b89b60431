package io.github.djlctc.spark;

import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Recognises files with a DJL model: sound, images of lines, or whatever else the model takes.
 *
 * <p>A row holds the bytes of a file, as Spark's source {@code binaryFile} gives them, or its path,
 * which any file system of Hadoop may have ({@code s3a://}, {@code hdfs://}, {@code file:}) and
 * which is read when its row is asked for. The result has all other columns, and those that {@link
 * EmissionDecoder} adds: {@code text}, {@code score}, {@code acoustic}, {@code lm}, {@code words}
 * (with seconds if the model says {@code ctc.secondsPerFrame}, else frames), {@code nbest}, {@code
 * hotwords}, and {@code error}, which says why a file could not be read or recognised.
 *
 * <p>The model is a folder that DJL loads by itself, or a zip file of one: with {@code
 * serving.properties}, as the examples' command {@code export} writes it, whose translator is
 * {@link io.github.djlctc.serving.CtcServingTranslator}. Unless Spark runs in this process alone,
 * it goes to the executors as a zip file by {@code SparkContext.addFile}, once for a transcriber,
 * and is unpacked to a temporary folder there. An executor loads it once for all its tasks, and
 * keeps it until another model is asked for. PyTorch takes one thread for each task, unless the
 * system property {@code ai.djl.pytorch.num_threads} says otherwise or PyTorch had started before
 * ({@code spark.executor.extraJavaOptions} may set it).
 *
 * <p>A task gathers rows, sorts them by the lengths of their files, and recognises files of like
 * lengths together. It gives rows in their order. If a batch fails, its files are recognised one by
 * one, so that only those that cannot be are errors. Scores may differ from those of a file alone
 * by what rounding in another order makes.
 *
 * <pre>{@code
 * Dataset<Row> files = spark.read().format("binaryFile").load("s3a://bucket/calls/*.wav")
 *         .select("path"); // read by the transcriber, so that one unreadable file fails no job
 * Dataset<Row> texts = ModelTranscriber.builder()
 *         .setModel(Path.of("exported")).build().transcribe(files);
 * texts.write().parquet("texts.parquet");
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
public final class ModelTranscriber {

    private final ModelShipment shipment;
    private final String content;
    private final String path;
    private final long mostFileBytes;
    private final BatchLimits limits;

    private ModelTranscriber(Builder builder) {
        shipment = new ModelShipment(builder.model, builder.arguments);
        content = builder.content;
        path = builder.path;
        mostFileBytes = builder.mostFileBytes;
        limits = new BatchLimits(builder.batchSize, builder.gatheredRows, builder.gatheredBytes);
    }

    /**
     * Creates a builder.
     *
     * @return a builder, whose model must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Recognises the files of all rows, when an action of Spark asks for them.
     *
     * <p>The model is loaded here too, so that what is wrong with it is an error before any task
     * runs.
     *
     * @param rows files
     * @return the rows in their order, with the results behind the other columns, without the bytes
     * @throws IllegalArgumentException if there is neither bytes nor a path, they are of another
     *     type, or a column has the name of one that is added
     * @throws IOException if the model is missing or damaged, or not served by {@link
     *     io.github.djlctc.serving.CtcServingTranslator}; or if it cannot be sent to executors
     */
    public Dataset<Row> transcribe(Dataset<Row> rows) throws IOException {
        Objects.requireNonNull(rows, "rows");
        StructType schema = rows.schema();
        SampleColumn column = SampleColumn.find(schema, content, path, mostFileBytes);
        StructType result = ResultColumns.after(column.others(schema));
        ResultColumns results = new ResultColumns(secondsPerFrame());
        SparkContext context = rows.sparkSession().sparkContext();
        ModelSource source = shipment.to(context);
        HadoopSettings settings = new HadoopSettings(context.hadoopConfiguration());
        return rows.mapPartitions(
                transcribing(source, column, settings, limits, results), Encoders.row(result));
    }

    private double secondsPerFrame() throws IOException {
        ModelSource here = shipment.here();
        LoadedModel model = LoadedModels.acquire(here);
        try {
            return model.secondsPerFrame();
        } finally {
            LoadedModels.release(here);
        }
    }

    private static MapPartitionsFunction<Row, Row> transcribing(
            ModelSource source,
            SampleColumn column,
            HadoopSettings settings,
            BatchLimits limits,
            ResultColumns results) {
        return rows ->
                new TranscribedRows(
                        rows,
                        column,
                        settings.configuration(),
                        limits,
                        TaskRecogniser.start(source),
                        results);
    }

    /** Builds a {@link ModelTranscriber}. */
    public static final class Builder {

        private static final long MEBIBYTE = 1 << 20;
        private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8L;

        private Path model;
        private final Map<String, String> arguments = new HashMap<>();
        private String content = "content";
        private String path = "path";
        private long mostFileBytes = 512 * MEBIBYTE;
        private int batchSize = 16;
        private int gatheredRows = 256;
        private long gatheredBytes = 64 * MEBIBYTE;

        private Builder() {}

        /**
         * Sets the model.
         *
         * @param model a folder with {@code serving.properties}, or a zip file of it, that this
         *     process can read
         * @return this builder
         */
        public Builder setModel(Path model) {
            this.model = Objects.requireNonNull(model, "model");
            return this;
        }

        /**
         * Adds an argument to those of {@code serving.properties}, or replaces one.
         *
         * @param name its name, such as {@code ctc.nBest}: see {@link
         *     io.github.djlctc.serving.CtcArguments}
         * @param value the value; a file that it names is in the model's folder, or has an absolute
         *     path that is the same on all executors
         * @return this builder
         */
        public Builder optArgument(String name, String value) {
            Objects.requireNonNull(name, "name");
            arguments.put(name, Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Sets the column of the bytes of files.
         *
         * @param column its name, {@code content} by default
         * @return this builder
         */
        public Builder optContentColumn(String column) {
            content = Objects.requireNonNull(column, "column");
            return this;
        }

        /**
         * Sets the column of the paths of files, for rows without a column of bytes.
         *
         * @param column its name, {@code path} by default
         * @return this builder
         */
        public Builder optPathColumn(String column) {
            path = Objects.requireNonNull(column, "column");
            return this;
        }

        /**
         * Sets how large files may be. A larger one is an error in its row.
         *
         * @param bytes at least 1, at most 2,147,483,639; 512 MiB by default
         * @return this builder
         * @throws IllegalArgumentException if it is out of its range
         */
        public Builder optMostFileBytes(long bytes) {
            if (bytes > LARGEST_ARRAY) {
                throw new IllegalArgumentException(
                        "files may have at most %d bytes, but %d are allowed"
                                .formatted(LARGEST_ARRAY, bytes));
            }
            mostFileBytes = positive(bytes, "bytes of a file");
            return this;
        }

        /**
         * Sets how many files are recognised together.
         *
         * @param files at least 1, 16 by default
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder optBatchSize(int files) {
            batchSize = (int) positive(files, "files of a batch");
            return this;
        }

        /**
         * Sets how many rows a task gathers to make batches of like lengths.
         *
         * @param rows at least 1, 256 by default
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder optGatheredRows(int rows) {
            gatheredRows = (int) positive(rows, "rows that are gathered");
            return this;
        }

        /**
         * Sets how many bytes of files a task gathers, and the most that a batch has, each of whose
         * files counts as its longest. A file that is larger is recognised alone. The model needs a
         * multiple of that: sound of 16 bits becomes samples and features of 32.
         *
         * @param bytes at least 1, 64 MiB by default
         * @return this builder
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder optGatheredBytes(long bytes) {
            gatheredBytes = positive(bytes, "bytes that are gathered");
            return this;
        }

        private static long positive(long value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(
                        "the " + name + " must be 1 or more, but are " + value);
            }
            return value;
        }

        /**
         * Builds the transcriber, which has not read the model yet.
         *
         * @return the transcriber
         * @throws IllegalStateException if no model is set
         */
        public ModelTranscriber build() {
            if (model == null) {
                throw new IllegalStateException("no model; call setModel");
            }
            return new ModelTranscriber(this);
        }
    }
}
