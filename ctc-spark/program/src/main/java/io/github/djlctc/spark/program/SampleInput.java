package io.github.djlctc.spark.program;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
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
                    "Files, folders, patterns (*, ?, [ab], {a,b}) or URLs of them; or a list of files: Parquet (a name"
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

    /** Returns the paths as they are named, which tell runs apart. */
    List<java.nio.file.Path> paths() {
        return paths.stream().map(java.nio.file.Path::of).toList();
    }

    private Dataset<Row> read(SparkSession session) throws IOException {
        String[] all = paths.toArray(String[]::new);
        if (paths.stream().allMatch(path -> path.matches(".*\\.jsonl?(\\.gz)?"))) {
            return ofList(session.read().option("mode", "FAILFAST").json(all));
        }
        if (paths.stream().allMatch(path -> path.endsWith(".parquet"))) {
            return ofList(session.read().parquet(all));
        }
        return session.createDataset(files(session), Encoders.STRING()).toDF(PATH);
    }

    /** Lists files itself: Spark passes over empty ones, and names that begin with _ or a dot. */
    private List<String> files(SparkSession session) throws IOException {
        PathMatcher wanted =
                FileSystems.getDefault()
                        .getPathMatcher("glob:" + (include == null ? "*" : include));
        List<String> files = new ArrayList<>();
        for (String name : paths) {
            Path path = new Path(name);
            FileSystem system = path.getFileSystem(session.sparkContext().hadoopConfiguration());
            for (FileStatus found : find(system, path)) {
                if (found.isFile()) {
                    files.add(found.getPath().toString());
                } else {
                    addInside(system, found.getPath(), wanted, files);
                }
            }
        }
        return files;
    }

    private static void addInside(
            FileSystem system, Path folder, PathMatcher wanted, List<String> files)
            throws IOException {
        RemoteIterator<LocatedFileStatus> inside = system.listFiles(folder, true);
        while (inside.hasNext()) {
            Path file = inside.next().getPath();
            if (wanted.matches(java.nio.file.Path.of(file.getName()))) {
                files.add(file.toString());
            }
        }
    }

    /** Finds what has a name, or else what fits it as a pattern. */
    private static List<FileStatus> find(FileSystem system, Path path) throws IOException {
        if (system.exists(path)) {
            return List.of(system.getFileStatus(path));
        }
        FileStatus[] fitting = system.globStatus(path);
        if (fitting == null || fitting.length == 0) {
            throw new IOException("no such file or folder, and nothing fits the pattern: " + path);
        }
        return Arrays.asList(fitting);
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
