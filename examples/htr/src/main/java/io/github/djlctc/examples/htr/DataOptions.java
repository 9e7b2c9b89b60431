package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.DataRules;
import io.github.djlctc.examples.common.command.DataSource;
import io.github.djlctc.examples.common.command.EmptyTranscriptOption;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SkippingOptions;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.corpus.mnist.MnistCorpus;
import io.github.djlctc.examples.htr.corpus.pen.PenCorpus;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Options that choose the data. */
final class DataOptions implements DataSource<LineSample> {

    enum Kind {
        PEN,
        MNIST,
        IAM,
        MANIFEST
    }

    /** The options that serve some kinds of data only. */
    private static final Map<String, Set<Kind>> SPECIFIC =
            Map.of(
                    "--lines", Set.of(Kind.PEN, Kind.MNIST),
                    "--data-seed", Set.of(Kind.PEN, Kind.MNIST, Kind.MANIFEST),
                    "--repository", Set.of(Kind.MNIST),
                    "--folder", Set.of(Kind.IAM),
                    "--sets", Set.of(Kind.IAM),
                    "--iam-level", Set.of(Kind.IAM),
                    "--segmentation", Set.of(Kind.IAM),
                    "--train", Set.of(Kind.MANIFEST),
                    "--validation", Set.of(Kind.MANIFEST),
                    "--test", Set.of(Kind.MANIFEST));

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--data",
            defaultValue = "pen",
            paramLabel = "KIND",
            description =
                    "What to read: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, lines drawn"
                            + " with a pen in the hands of many writers).")
    private Kind kind;

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "Pen, MNIST: the number of training lines (default: 8000, 6000).")
    private Integer lines;

    @Option(
            names = "--data-seed",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Pen, MNIST, manifest: decides which lines are drawn, composed or held out"
                            + " (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "MNIST: a local repository with it (default: DJL's).")
    private Path repository;

    @Mixin private IamOptions iam;
    @Mixin private ManifestOptions manifest;
    @Mixin private EmptyTranscriptOption emptyTranscripts;
    @Mixin private SkippingOptions skipping;

    Kind kind() {
        return kind;
    }

    @Override
    public SkippedSamples newSkippedSamples() {
        return skipping.newSkippedSamples();
    }

    @Override
    public Corpus<LineSample> load(SkippedSamples skipped) throws IOException {
        DataRules<Kind> rules = new DataRules<>(spec, kind);
        rules.rejectOthers(SPECIFIC);
        if (lines != null) {
            rules().requireWithin(1, 10_000_000, "--lines", lines);
        }
        return emptyTranscripts.apply(corpus(rules, skipped), skipped);
    }

    private Corpus<LineSample> corpus(DataRules<Kind> rules, SkippedSamples skipped)
            throws IOException {
        return switch (kind) {
            case PEN -> pen();
            case MNIST -> mnist();
            case IAM -> iam.corpus(rules).load(skipped);
            case MANIFEST -> manifest.corpus(rules, seed).load(skipped);
        };
    }

    @Override
    public Corpus<LineSample> loadSplit(Split split, SkippedSamples skipped) throws IOException {
        DataRules<Kind> rules = new DataRules<>(spec, kind);
        rules.rejectOthers(SPECIFIC);
        return switch (kind) {
            case PEN, MNIST -> load(skipped);
            case IAM -> iam.corpus(rules).loadSplit(split, skipped);
            case MANIFEST -> manifest.load(split, rules, seed, skipped);
        };
    }

    private Corpus<LineSample> pen() {
        PenCorpus.Builder builder = PenCorpus.builder().optSeed(seed);
        return rules().checked(
                        () -> (lines == null ? builder : builder.optTrainLines(lines)).build());
    }

    private Corpus<LineSample> mnist() throws IOException {
        MnistCorpus.Builder builder = MnistCorpus.builder().optSeed(seed);
        if (repository != null) {
            builder.optRepository(repository);
        }
        return rules().checked(
                        () -> (lines == null ? builder : builder.optTrainStrings(lines)).build())
                .load();
    }

    private OptionRules rules() {
        return new OptionRules(spec);
    }
}
