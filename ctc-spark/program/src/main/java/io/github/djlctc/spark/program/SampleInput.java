package io.github.djlctc.spark.program;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;

/** Parameters that name the files to transcribe. */
final class SampleInput {

    static final String PATH = "path";
    static final String REFERENCE = "reference";

    /** What a path begins with that is not relative to a manifest. */
    private static final String ABSOLUTE = "^(/|[A-Za-z][A-Za-z0-9+.-]*:).*";

    private static final List<String> PATH_COLUMNS =
            List.of(PATH, "audio_filepath", "image", "file");

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Files, folders, patterns or URLs of them; or a list of files: Parquet (a name"
                            + " that ends with .parquet) or JSON lines (.json, .jsonl) with the"
                            + " column path or audio_filepath, relative to the list, and maybe text,"
                            + " the true text.")
    private List<String> paths;

    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            description = "Of folders, take the files whose names fit, such as '*.wav'.")
    private String include;

    /**
     * Returns rows with {@code path}, with {@code reference} if a list has true texts, and the
     * other columns of a list.
     *
     * @throws IOException if a path does not exist, or a list names no files
     */
    Dataset<Row> rows(SparkSession session) throws IOException {
        return Inputs.checked(() -> read(session));
    }

    private Dataset<Row> read(SparkSession session) throws IOException {
        String[] all = paths.toArray(String[]::new);
        if (paths.stream().allMatch(path -> path.matches(".*\\.jsonl?(\\.gz)?"))) {
            return ofList(session.read().json(all));
        }
        if (paths.stream().allMatch(path -> path.endsWith(".parquet"))) {
            return ofList(session.read().parquet(all));
        }
        DataFrameReader reader =
                session.read().format("binaryFile").option("recursiveFileLookup", "true");
        if (include != null) {
            reader.option("pathGlobFilter", include);
        }
        return reader.load(all).select(PATH);
    }

    private Dataset<Row> ofList(Dataset<Row> list) throws IOException {
        List<String> columns = Arrays.asList(list.columns());
        String name =
                PATH_COLUMNS.stream()
                        .filter(columns::contains)
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                String.join(", ", paths)
                                                        + " has no column path or audio_filepath;"
                                                        + " its columns are "
                                                        + String.join(", ", columns)));
        Column folder = regexp_replace(input_file_name(), "[^/]*$", "");
        Column path = col(name);
        Dataset<Row> rows =
                list.withColumn(
                        name, when(path.rlike(ABSOLUTE), path).otherwise(concat(folder, path)));
        rows = name.equals(PATH) ? rows : rows.withColumnRenamed(name, PATH);
        return columns.contains("text") ? rows.withColumnRenamed("text", REFERENCE) : rows;
    }

    /** Divides rows into rounds of about as many files. */
    static Column isOfRound(int round, int rounds) {
        return pmod(hash(col(PATH)), lit(rounds)).equalTo(round);
    }
}
