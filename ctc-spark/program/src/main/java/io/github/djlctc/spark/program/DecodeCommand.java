package io.github.djlctc.spark.program;

import io.github.djlctc.decode.DecoderRecipe;
import io.github.djlctc.decode.LabelPrior;
import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.command.ClassesOptions;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.PriorFileOptions;
import io.github.djlctc.examples.common.command.RunKey;
import io.github.djlctc.examples.common.command.TimeOptions;
import io.github.djlctc.examples.common.decoding.DecodingErrors;
import io.github.djlctc.examples.common.emission.References;
import io.github.djlctc.spark.CorpusLabelPrior;
import io.github.djlctc.spark.EmissionDecoder;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code ctc-spark decode}. */
@Command(
        name = "decode",
        description = {
            "Finds the text of each utterance, from the emissions of a CTC model.",
            "Texts, scores and options are those of \"ctc-decode decode\"."
        },
        sortOptions = false)
final class DecodeCommand implements Callable<Integer> {

    /** Options that change nothing of the results. */
    private static final Set<String> FREE =
            Set.of("--out", "--resume", "--refs", "--master", "--conf", "--partitions", "--json");

    @Spec private CommandSpec spec;
    @Mixin private EmissionInput input;
    @Mixin private ClassesOptions classes;
    @Mixin private DecodingOptions decoding;
    @Mixin private PriorFileOptions prior;
    @Mixin private TimeOptions times;

    @Option(
            names = "--refs",
            paramLabel = "JSONL",
            description =
                    "The true texts, {\"utt\", \"text\"} a line; prints word and character error"
                            + " rates.")
    private Path references;

    @Mixin private OutputOptions output;
    @Mixin private SparkOptions spark;

    @Override
    public Integer call() throws IOException {
        OptionRules rules = new OptionRules(spec);
        check(rules);
        Alphabet alphabet = classes.read(input::firstFits);
        References texts = references == null ? null : References.read(references);
        long start = System.nanoTime();
        try (SparkSession session = spark.start("ctc-spark decode")) {
            // Looked at before the folder is made, so that a wrong name leaves nothing behind.
            EmissionTable table = input.open(session, alphabet);
            OutputFolder.check(session, output, key(), rules);
            if (texts != null) {
                warn(texts.mismatches(table.ids()));
            }
            EmissionDecoder decoder = decoder(session, table, alphabet);
            Dataset<Row> results;
            long earlier;
            try (OutputFolder folder = OutputFolder.open(session, output, key(), rules)) {
                earlier = decode(session, table, decoder, folder);
                folder.complete(key());
                results = folder.read("utt", "text", "error");
            }
            DecodingErrors errors =
                    texts == null
                            ? null
                            : TextErrors.count(
                                    session,
                                    results,
                                    texts,
                                    alphabet::normalize,
                                    WordErrorUnit.of(alphabet));
            output.print(ResultCounts.of(results, "utt", "utterances", earlier, errors), start);
        }
        return 0;
    }

    /** Decodes what is not done, and returns how many utterances were. */
    private long decode(
            SparkSession session, EmissionTable table, EmissionDecoder decoder, OutputFolder folder)
            throws IOException {
        Dataset<Row> done = folder.hasResults() ? folder.read("utt").persist() : null;
        long earlier = done == null ? 0 : done.count();
        try (SparkProgress progress =
                new SparkProgress(session, "decode", table.size() - earlier, "utterances")) {
            progress.follow();
            for (Dataset<Row> round : table.rounds(done, spark)) {
                folder.append(decoder.decode(round));
            }
        }
        return earlier;
    }

    private void warn(List<String> warnings) {
        warnings.forEach(
                warning ->
                        spec.commandLine().getErr().println("warning: " + Printable.line(warning)));
    }

    private String key() {
        return RunKey.of(spec, FREE);
    }

    private EmissionDecoder decoder(SparkSession session, EmissionTable table, Alphabet alphabet)
            throws IOException {
        OptionRules rules = new OptionRules(spec);
        Optional<LabelPrior> used =
                decoding.isGreedy() ? Optional.empty() : labelPrior(table, alphabet, rules);
        DecoderArguments arguments =
                DecoderArguments.of(
                        spec,
                        SparkOptions.shipping(session),
                        alphabet,
                        table.scale(),
                        used.orElse(null),
                        prior.weight());
        DecoderRecipe recipe = DecoderRecipe.of(arguments);
        recipe.decoder(); // Says what is wrong with its files.
        EmissionDecoder.Builder builder = EmissionDecoder.builder().setDecoder(recipe);
        times.secondsPerFrame().ifPresent(builder::optSecondsPerFrame);
        return builder.build();
    }

    private Optional<LabelPrior> labelPrior(
            EmissionTable table, Alphabet alphabet, OptionRules rules) throws IOException {
        Optional<LabelPrior> read = prior.read(alphabet, rules);
        if (read.isPresent() || !prior.isUsed(decoding.hasLanguageModel())) {
            return read;
        }
        LabelPrior estimated =
                CorpusLabelPrior.estimate(
                        table.priorSample(), "emissions", alphabet, table.scale());
        boolean enough = estimated.frames() >= PriorFileOptions.LEAST_FRAMES;
        spec.commandLine()
                .getErr()
                .println(
                        enough
                                ? "label prior: estimated from " + table.priorDescription()
                                : "label prior: none, since %,d frames are too few"
                                        .formatted(estimated.frames()));
        return enough ? Optional.of(estimated) : Optional.empty();
    }

    private void check(OptionRules rules) {
        decoding.check(rules);
        if (decoding.isGreedy()) {
            prior.rejectAll("with --greedy", rules);
        }
        prior.check(rules);
        spark.check();
        times.scale();
    }
}
