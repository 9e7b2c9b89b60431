package io.github.djlctc.spark;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;

import java.util.Objects;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

/**
 * The lines of a text and their order, though Spark has them in many partitions.
 *
 * <p>Immutable.
 */
public final class TextLines {

    static final String LINE = "line";
    static final String FILE = "file";
    static final String BLOCK = "block";
    static final String ROW = "row";

    private static final String LOCAL = "file:";

    /** The line in UTF-8, and what orders the lines: the file, its block, and the row. */
    private final Dataset<Row> rows;

    private TextLines(Dataset<Row> rows) {
        this.rows = rows;
    }

    /**
     * Reads text files, when an action of Spark asks for them.
     *
     * <p>The text is that of all files one after the other in the order of their paths, compared
     * byte by byte; a large file may be read in parts. A line ends with a line feed and nothing
     * else, as {@link io.github.djlctc.lm.estimate.NGramEstimator} reads it; what is no UTF-8 is an
     * error of who uses the lines. A byte order mark at the start of a file is left out.
     *
     * @param spark the session
     * @param paths files, folders or patterns of Spark; compressed if the name says so, such as
     *     {@code .gz}
     * @return the lines
     * @throws IllegalArgumentException if there is no path; that nothing is at a path is an {@code
     *     AnalysisException} of Spark
     */
    public static TextLines read(SparkSession spark, String... paths) {
        Objects.requireNonNull(spark, "spark");
        Objects.requireNonNull(paths, "paths");
        if (paths.length == 0) {
            throw new IllegalArgumentException("no path; name text files or folders of them");
        }
        return new TextLines(
                spark.read()
                        .option("lineSep", "\n")
                        .text(paths)
                        .select(
                                col("value").cast(DataTypes.BinaryType).as(LINE),
                                // Names as they are: escapes would change their order.
                                expr("url_decode(replace(_metadata.file_path, '+', '%2B'))")
                                        .as(FILE),
                                col("_metadata.file_block_start").as(BLOCK),
                                monotonically_increasing_id().as(ROW)));
    }

    /**
     * Takes lines in the order in which {@link Dataset#collectAsList} returns them.
     *
     * @param lines a sentence each; a line feed within one ends a sentence
     * @return the lines
     */
    public static TextLines of(Dataset<String> lines) {
        return new TextLines(ordered(lines.toDF(LINE), LINE));
    }

    /**
     * Takes lines in the order in which {@link Dataset#collectAsList} returns the rows.
     *
     * @param rows the rows
     * @param column the name of a column of strings or UTF-8 bytes, a sentence each; a line feed
     *     within one ends a sentence
     * @return the lines
     * @throws IllegalArgumentException if there is no such column, or it is of another type
     */
    public static TextLines of(Dataset<Row> rows, String column) {
        Objects.requireNonNull(column, "column");
        DataType type = rows.schema().fields()[rows.schema().fieldIndex(column)].dataType();
        if (!(type instanceof StringType || type instanceof BinaryType)) {
            throw new IllegalArgumentException(
                    "the column \""
                            + column
                            + "\" is of type "
                            + type.catalogString()
                            + ", but must be string or binary");
        }
        return new TextLines(ordered(rows, column));
    }

    private static Dataset<Row> ordered(Dataset<Row> rows, String column) {
        Column line = col("`" + column.replace("`", "``") + "`");
        return rows.select(
                line.cast(DataTypes.BinaryType).as(LINE),
                lit(null).cast(DataTypes.StringType).as(FILE),
                lit(0L).as(BLOCK),
                monotonically_increasing_id().as(ROW));
    }

    /** Returns the lines: {@value #LINE}, {@value #FILE}, {@value #BLOCK} and {@value #ROW}. */
    Dataset<Row> rows() {
        return rows;
    }

    /**
     * Finds out where a line is, by counting those before it.
     *
     * @param line {@value #FILE}, {@value #BLOCK} and {@value #ROW} of the line
     * @return the file, if there is one, and the number of the line in it from 1
     */
    String place(Row line) {
        String file = line.getAs(FILE);
        Column block = col(BLOCK);
        Column isBefore =
                block.lt(line.<Long>getAs(BLOCK))
                        .or(
                                block.equalTo(line.<Long>getAs(BLOCK))
                                        .and(col(ROW).lt(line.<Long>getAs(ROW))));
        long before = rows.filter(col(FILE).eqNullSafe(file).and(isBefore)).count();
        String place = "line " + (before + 1);
        if (file == null) {
            return place;
        }
        return (file.startsWith(LOCAL) ? file.substring(LOCAL.length()) : file) + ", " + place;
    }
}
