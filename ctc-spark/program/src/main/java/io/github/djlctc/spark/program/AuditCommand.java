package io.github.djlctc.spark.program;

import io.github.djlctc.audit.LabelAudit;
import io.github.djlctc.examples.common.command.AuditOutput;
import io.github.djlctc.examples.common.command.ClassesOptions;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.spark.CorpusAudit;
import io.github.djlctc.text.Alphabet;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code ctc-spark audit}. */
@Command(
        name = "audit",
        description =
                "Looks through the samples of a corpus for what makes CTC training fail, as LabelAudit"
                        + " does: characters that the alphabet lacks, too few frames, features that are"
                        + " not numbers, duplicates.",
        sortOptions = false)
final class AuditCommand implements Callable<Integer> {

    private static final int MOST_SUBSAMPLING = 1000;

    @Spec private CommandSpec spec;

    @Option(
            names = "--samples",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description =
                    "Parquet, or JSON lines if a name ends with .json or .jsonl: files, folders,"
                            + " patterns or URLs, with a row for each sample.")
    private List<String> samples;

    @Mixin private ClassesOptions classes;

    @Option(
            names = "--id-column",
            defaultValue = "utt",
            paramLabel = "NAME",
            description = "The names of the samples (default: ${DEFAULT-VALUE}).")
    private String id;

    @Option(
            names = "--text-column",
            defaultValue = "text",
            paramLabel = "NAME",
            description = "Their transcripts (default: ${DEFAULT-VALUE}).")
    private String text;

    @Option(
            names = "--frames-column",
            paramLabel = "NAME",
            description =
                    "The numbers of their frames (default: frames, if there is such a column).")
    private String frames;

    @Option(
            names = "--features-column",
            paramLabel = "NAME",
            description =
                    "Their features, an array or an array of frames (default: features, if there is"
                            + " such a column).")
    private String features;

    @Option(
            names = "--subsampling",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "How many frames of features the model makes one of (default: ${DEFAULT-VALUE}).")
    private int subsampling;

    @Mixin private SparkOptions spark;

    @Mixin private AuditOutput output;

    @Override
    public Integer call() throws IOException {
        new OptionRules(spec).requireWithin(1, MOST_SUBSAMPLING, "--subsampling", subsampling);
        spark.check();
        Alphabet alphabet = classes.read(model -> false);
        LabelAudit audit =
                LabelAudit.builder().setAlphabet(alphabet).optSubsampling(subsampling).build();
        try (SparkSession session = spark.start("ctc-spark audit")) {
            Dataset<Row> rows = Inputs.checked(() -> read(session));
            Inputs.checked(
                    () -> {
                        columns(rows).audit(rows, audit);
                        return audit;
                    });
        }
        return output.print(audit.report());
    }

    private Dataset<Row> read(SparkSession session) {
        boolean isJson = samples.stream().anyMatch(path -> path.matches(".*\\.jsonl?(\\.gz)?"));
        String[] paths = samples.toArray(String[]::new);
        return isJson
                ? session.read().option("mode", "FAILFAST").json(paths)
                : session.read().parquet(paths);
    }

    private CorpusAudit columns(Dataset<Row> rows) {
        List<String> present = Arrays.asList(rows.columns());
        CorpusAudit.Builder builder = CorpusAudit.builder().optIdColumn(id).optTextColumn(text);
        if (frames != null || present.contains("frames")) {
            builder.optFramesColumn(frames != null ? frames : "frames");
        }
        if (features != null || present.contains("features")) {
            builder.optFeaturesColumn(features != null ? features : "features");
        }
        return builder.build();
    }
}
