package io.github.djlctc.spark.program;

import org.apache.spark.sql.SparkSession;

/** Spark within this JVM, to be closed. */
final class TestSpark {

    private TestSpark() {}

    static SparkSession start() {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
    }
}
