package io.github.djlctc.examples.htr;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.DataRules;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SkippingOptions;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.ManifestCorpus;
import io.github.djlctc.examples.htr.corpus.ImageManifest;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.corpus.iam.IamCorpus;
import io.github.djlctc.examples.htr.corpus.iam.IamLevel;
import io.github.djlctc.examples.htr.corpus.iam.IamSegmentation;
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
final class DataOptions {

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

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "IAM: the folder with ascii and lines or words.")
    private Path folder;

    @Option(
            names = "--sets",
            paramLabel = "DIR",
            description =
                    "IAM: the folder with trainset.txt, validationset1.txt, validationset2.txt and"
                            + " testset.txt (default: that of --folder).")
    private Path sets;

    @Option(
            names = "--iam-level",
            defaultValue = "lines",
            paramLabel = "LEVEL",
            description =
                    "IAM: what a sample is: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private IamLevel level;

    @Option(
            names = "--segmentation",
            defaultValue = "all",
            paramLabel = "STATUS",
            description =
                    "IAM: ${COMPLETION-CANDIDATES}; ok leaves out what its authors could not divide"
                            + " into words well (default: ${DEFAULT-VALUE}).")
    private IamSegmentation segmentation;

    @Option(
            names = "--train",
            paramLabel = "JSONL",
            description = "Manifest: the training lines, {\"image\", \"text\"} a line.")
    private Path train;

    @Option(
            names = "--validation",
            paramLabel = "JSONL",
            description = "Manifest: the validation lines (default: 5 %% of --train).")
    private Path validation;

    @Option(names = "--test", paramLabel = "JSONL", description = "Manifest: the test lines.")
    private Path test;

    @Mixin private SkippingOptions skipping;

    Kind kind() {
        return kind;
    }

    SkippedSamples newSkippedSamples() {
        return skipping.newSkippedSamples();
    }

    Corpus<LineSample> load(SkippedSamples skipped) throws IOException {
        check();
        return switch (kind) {
            case PEN -> pen();
            case MNIST -> mnist();
            case IAM -> iam().load(skipped);
            case MANIFEST -> manifest().load(skipped);
        };
    }

    private void check() {
        dataRules().rejectOthers(SPECIFIC);
        if (lines != null) {
            rules().requireAtLeast(1, "--lines", lines);
        }
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

    private IamCorpus iam() {
        IamCorpus.Builder builder =
                IamCorpus.builder()
                        .setFolder(required(folder, "--folder"))
                        .optLevel(level)
                        .optSegmentation(segmentation);
        return (sets == null ? builder : builder.optSets(sets)).build();
    }

    private ManifestCorpus<LineSample> manifest() {
        ManifestCorpus.Builder<LineSample> builder =
                ManifestCorpus.<LineSample>builder(LineSample.UNIT)
                        .setTrain(new ImageManifest(required(train, "--train")))
                        .setTest(new ImageManifest(required(test, "--test")))
                        .optSeed(seed);
        if (validation != null) {
            builder.optValidation(new ImageManifest(validation));
        }
        return builder.build();
    }

    private Path required(Path value, String option) {
        return dataRules().required(value, option);
    }

    private DataRules<Kind> dataRules() {
        return new DataRules<>(spec, kind);
    }

    private OptionRules rules() {
        return new OptionRules(spec);
    }
}
