package io.github.djlctc.spark.program;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.PriorFileOptions;
import io.github.djlctc.examples.common.command.RunKey;
import io.github.djlctc.examples.common.command.SearchOptions;
import io.github.djlctc.examples.common.command.WeightOptions;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.serving.ServingArguments;
import io.github.djlctc.spark.ModelTranscriber;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code ctc-spark transcribe}. */
@Command(
        name = "transcribe",
        description = {
            "Finds the text of each file, sound or an image of a line, with a model that \"speech"
                    + " export\" or \"htr export\" wrote, or any other that CtcTranslatorFactory"
                    + " serves.",
            "Options of the decoder are those of \"ctc-decode decode\" and replace what the model's"
                    + " folder says; on a cluster, the files that they name must be on all machines."
        },
        sortOptions = false)
final class TranscribeCommand implements Callable<Integer> {

    /** So many files are lost at most when a run ends early. */
    private static final long ROUND = 20_000;

    private static final int MOST_BATCH = 10_000;

    private static final Set<String> FREE =
            Set.of(
                    "--out",
                    "--resume",
                    "--master",
                    "--conf",
                    "--partitions",
                    "--batch-size",
                    "--json");

    @Spec private CommandSpec spec;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "PATH",
            description = "The folder of the exported model, or a zip file of it.")
    private Path model;

    @Mixin private SampleInput input;

    @Option(
            names = "--greedy",
            description = "Take the likeliest class of each frame, instead of a beam search.")
    private boolean greedy;

    @Mixin private SearchOptions search;
    @Mixin private WeightOptions weights;
    @Mixin private PriorFileOptions prior;

    @Option(
            names = "--nbest",
            paramLabel = "N",
            description = "How many hypotheses to write (default: what the model says, or 1).")
    private Integer nBest;

    @Option(
            names = "--batch-size",
            defaultValue = "16",
            paramLabel = "N",
            description = "Recognise this many files at a time (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Mixin private OutputOptions output;
    @Mixin private SparkOptions spark;

    @Override
    public Integer call() throws IOException {
        OptionRules rules = new OptionRules(spec);
        check(rules);
        long start = System.nanoTime();
        try (SparkSession session = spark.start("ctc-spark transcribe")) {
            ModelTranscriber transcriber = transcriber();
            // Listed once: a bucket takes long to list.
            Dataset<Row> files = input.rows(session).persist(StorageLevel.MEMORY_AND_DISK());
            long total = files.count();
            if (total == 0) {
                throw new IOException("there are no files to transcribe");
            }
            transcriber.transcribe(files.limit(0)); // Says what is wrong with model and columns.
            String key = RunKey.of(spec, FREE, input.paths());
            try (OutputFolder folder = OutputFolder.open(session, output, key, rules)) {
                long earlier = transcribe(session, files, total, transcriber, folder);
                folder.complete(key);
                boolean hasReferences =
                        Arrays.asList(files.columns()).contains(SampleInput.REFERENCE);
                report(folder, earlier, hasReferences, start);
            }
        }
        return 0;
    }

    private long transcribe(
            SparkSession session,
            Dataset<Row> files,
            long total,
            ModelTranscriber transcriber,
            OutputFolder folder)
            throws IOException {
        Dataset<Row> left = files;
        long earlier = 0;
        if (folder.hasResults()) {
            Dataset<Row> done = folder.read(SampleInput.PATH).persist();
            earlier = done.count();
            left =
                    files.join(
                            done,
                            files.col(SampleInput.PATH).equalTo(done.col(SampleInput.PATH)),
                            "left_anti");
        }
        int rounds = (int) Math.max(1, (total - earlier + ROUND - 1) / ROUND);
        try (SparkProgress progress =
                new SparkProgress(session, "transcribe", total - earlier, "files")) {
            progress.follow();
            for (int round = 0; round < rounds; round++) {
                Dataset<Row> some =
                        left.filter(SampleInput.isOfRound(round, rounds))
                                .repartition(spark.partitions(session, total));
                folder.append(transcriber.transcribe(some));
            }
        }
        return earlier;
    }

    private void report(OutputFolder folder, long earlier, boolean hasReferences, long start) {
        Dataset<Row> results =
                hasReferences
                        ? folder.read(SampleInput.PATH, "text", "error", SampleInput.REFERENCE)
                        : folder.read(SampleInput.PATH, "text", "error");
        DecodingErrors errors =
                hasReferences ? TextErrors.count(results, WordErrorUnit.WORD) : null;
        output.print(ResultCounts.of(results, SampleInput.PATH, "files", earlier, errors), start);
    }

    private ModelTranscriber transcriber() {
        ServingArguments arguments = new ServingArguments();
        search.addTo(arguments);
        weights.addTo(arguments);
        prior.addTo(arguments);
        arguments.add("ctc.nBest", nBest);
        arguments.add("ctc.decoder", greedy ? "greedy" : null);
        ModelTranscriber.Builder builder =
                ModelTranscriber.builder().setModel(model).optBatchSize(batchSize);
        arguments.withFilesInPlace().forEach(builder::optArgument);
        return builder.build();
    }

    private void check(OptionRules rules) {
        if (greedy) {
            search.rejectAll("with --greedy");
            weights.rejectAll("with --greedy");
            prior.rejectAll("with --greedy", rules);
            rules.rejectMeaningless("with --greedy", "--nbest");
        }
        if (nBest != null) {
            rules.requireWithin(1, WeightOptions.MOST_HYPOTHESES, "--nbest", nBest);
        }
        rules.requireWithin(1, MOST_BATCH, "--batch-size", batchSize);
        prior.check(rules);
        spark.check();
    }
}
