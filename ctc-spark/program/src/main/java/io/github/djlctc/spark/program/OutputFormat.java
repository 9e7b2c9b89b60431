package io.github.djlctc.spark.program;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The form of results. */
enum OutputFormat {
    /** Parquet files. */
    PARQUET("parquet"),
    /** A JSON object a line. */
    JSON("json");

    private final String sparkName;

    OutputFormat(String sparkName) {
        this.sparkName = sparkName;
    }

    String sparkName() {
        return sparkName;
    }

    /**
     * Reads some columns of results.
     *
     * @param columns their names; they are texts
     */
    Dataset<Row> read(SparkSession session, String folder, String... columns) {
        StructType schema = new StructType();
        for (String column : columns) {
            schema = schema.add(column, DataTypes.StringType);
        }
        return session.read().schema(schema).format(sparkName).load(folder);
    }
}
