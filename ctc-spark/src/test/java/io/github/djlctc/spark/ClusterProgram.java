package io.github.djlctc.spark;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

import java.nio.file.Path;

/** Transcribes the files of a folder with an executor that is another process. */
final class ClusterProgram {

    private ClusterProgram() {}

    /** Takes the model and the folder, and prints the path and the text of each file. */
    public static void main(String[] arguments) throws Exception {
        String classPath = System.getProperty("java.class.path");
        try (SparkSession spark =
                SparkSession.builder()
                        .master("local-cluster[1,1,512]")
                        .config("spark.executor.memory", "512m")
                        .config("spark.sql.shuffle.partitions", "2")
                        .config("spark.executor.extraClassPath", classPath)
                        .config("spark.executorEnv.OPT_OUT_TRACKING", "true")
                        .config("spark.ui.enabled", "false")
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .getOrCreate()) {
            ModelTranscriber transcriber =
                    ModelTranscriber.builder().setModel(Path.of(arguments[0])).build();
            for (int run = 0; run < 2; run++) { // the model is sent once
                for (Row row :
                        transcriber
                                .transcribe(
                                        spark.read()
                                                .format("binaryFile")
                                                .load(arguments[1])
                                                .select("path")
                                                .repartition(3))
                                .select("path", "text")
                                .orderBy("path")
                                .collectAsList()) {
                    System.out.println(row.getString(0) + "\t" + row.getString(1));
                }
            }
        }
    }
}
