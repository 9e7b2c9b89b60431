package io.github.djlctc.spark.program;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/** Options of the folder of results. */
final class OutputOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "Where to write the results: a folder, or a URL such as s3a://...")
    private String out;

    @Option(
            names = "--format",
            defaultValue = "parquet",
            paramLabel = "FORMAT",
            description =
                    "The form of the results: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
                            + " json is an object a line.")
    private OutputFormat format;

    @Option(
            names = "--resume",
            description = "Go on with the --out of a run that ended early, of the same options.")
    private boolean resume;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    /**
     * Prints what came of a run.
     *
     * @param start the time of {@link System#nanoTime} at its start
     */
    void print(ResultCounts counts, long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        PrintWriter printed = spec.commandLine().getOut();
        if (json) {
            counts.printJson(printed, out, seconds);
        } else {
            counts.printText(printed, out, seconds);
        }
    }

    String out() {
        return out;
    }

    OutputFormat format() {
        return format;
    }

    boolean isResumed() {
        return resume;
    }
}
