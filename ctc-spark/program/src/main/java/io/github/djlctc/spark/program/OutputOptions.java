package io.github.djlctc.spark.program;

import picocli.CommandLine.Option;

/** Options of the folder of results. */
final class OutputOptions {

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
