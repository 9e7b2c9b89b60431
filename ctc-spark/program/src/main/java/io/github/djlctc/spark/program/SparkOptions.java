package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.command.OptionRules;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Options that say where Spark runs. */
final class SparkOptions {

    private static final String MASTER = "--master";
    private static final String ALL_CORES = "local[*]";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MOST_PARTITIONS = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = MASTER,
            paramLabel = "URL",
            description =
                    "Where Spark runs, such as local[2], spark://HOST:7077 or yarn (default: what"
                            + " spark-submit says, else local[*], all cores of this machine).")
    private String master;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of Spark, such as spark.executor.memory=4g; may be given again.")
    private Map<String, String> settings = new TreeMap<>();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Into how many parts the work is divided (default: 4 for each core).")
    private Integer partitions;

    /** Rejects values that make no sense, before Spark is started. */
    void check() {
        OptionRules rules = rules();
        if (partitions != null) {
            rules.requireWithin(1, MOST_PARTITIONS, "--partitions", partitions);
        }
        for (String key : settings.keySet()) {
            if (!key.startsWith("spark.")) {
                throw rules.wrong(
                        "--conf " + key + ": the names of Spark's settings begin with spark.");
            }
        }
    }

    private OptionRules rules() {
        return new OptionRules(spec.commandLine().getCommandSpec());
    }

    /**
     * Starts Spark. Without a cluster, it listens on the loopback interface only.
     *
     * @param name what the cluster shows
     */
    SparkSession start(String name) {
        SparkConf given = new SparkConf();
        SparkConf configuration = new SparkConf().setAppName(name);
        String where = master != null ? master : given.get("spark.master", ALL_CORES);
        configuration.setMaster(where);
        if (where.startsWith("local")) {
            configuration.setIfMissing("spark.driver.host", LOOPBACK);
            configuration.setIfMissing("spark.driver.bindAddress", LOOPBACK);
            configuration.setIfMissing("spark.ui.enabled", "false");
        }
        // Bytes of sound and emissions in one batch of rows would be many times the default.
        configuration.setIfMissing("spark.sql.parquet.columnarReaderBatchSize", "64");
        // As the programs do for themselves: DJL would tell AWS that its engine starts.
        configuration.setIfMissing("spark.executorEnv.OPT_OUT_TRACKING", "true");
        settings.forEach(configuration::set);
        try {
            return SparkSession.builder().config(configuration).getOrCreate();
        } catch (Exception e) {
            // Spark's checked exceptions come out of methods that do not declare them.
            throw rules().wrong(
                            "Spark does not start with %s %s%s: %s"
                                    .formatted(
                                            MASTER,
                                            where,
                                            settings.isEmpty() ? "" : " and --conf " + settings,
                                            Inputs.firstLine(e)));
        }
    }

    /**
     * Returns into how many parts work is divided.
     *
     * @param rows how many there are to do
     */
    int partitions(SparkSession session, long rows) {
        long wanted =
                partitions != null ? partitions : 4L * session.sparkContext().defaultParallelism();
        return (int) Math.max(1, Math.min(wanted, rows));
    }

    /** Returns what sends files to the executors, unless these are threads of this process. */
    static Consumer<Path> shipping(SparkSession session) {
        return session.sparkContext().isLocal()
                ? file -> {}
                : file -> session.sparkContext().addFile(file.toString());
    }
}
