package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.DataRules;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SkippingOptions;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.ManifestCorpus;
import io.github.djlctc.examples.common.data.SampleManifest;
import io.github.djlctc.examples.speech.corpus.ArchiveManifest;
import io.github.djlctc.examples.speech.corpus.AudioManifest;
import io.github.djlctc.examples.speech.corpus.DigitStrings;
import io.github.djlctc.examples.speech.corpus.FsddCorpus;
import io.github.djlctc.examples.speech.corpus.LibriSpeechCorpus;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.synthetic.SyntheticCorpus;

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
        SYNTHETIC,
        FSDD,
        LIBRISPEECH,
        MANIFEST
    }

    enum Digits {
        SINGLE,
        STRINGS
    }

    /** The options that serve some kinds of data only. */
    private static final Map<String, Set<Kind>> SPECIFIC =
            Map.ofEntries(
                    Map.entry("--folder", Set.of(Kind.FSDD, Kind.LIBRISPEECH)),
                    Map.entry("--digits", Set.of(Kind.FSDD)),
                    Map.entry("--test-speaker", Set.of(Kind.FSDD)),
                    Map.entry("--train-split", Set.of(Kind.LIBRISPEECH)),
                    Map.entry("--validation-split", Set.of(Kind.LIBRISPEECH)),
                    Map.entry("--test-split", Set.of(Kind.LIBRISPEECH)),
                    Map.entry("--train", Set.of(Kind.MANIFEST)),
                    Map.entry("--train-features", Set.of(Kind.MANIFEST)),
                    Map.entry("--validation", Set.of(Kind.MANIFEST)),
                    Map.entry("--validation-features", Set.of(Kind.MANIFEST)),
                    Map.entry("--test", Set.of(Kind.MANIFEST)),
                    Map.entry("--test-features", Set.of(Kind.MANIFEST)),
                    Map.entry("--utterances", Set.of(Kind.SYNTHETIC, Kind.FSDD)));

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--data",
            defaultValue = "synthetic",
            paramLabel = "KIND",
            description =
                    "What to read: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, spoken"
                            + " commands made by a synthesizer).")
    private Kind kind;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "The recordings of FSDD, or an unpacked LibriSpeech.")
    private Path folder;

    @Option(
            names = "--digits",
            defaultValue = "strings",
            paramLabel = "FORM",
            description =
                    "FSDD: ${COMPLETION-CANDIDATES}; strings are 1 to 7 digits of one speaker"
                            + " (default: ${DEFAULT-VALUE}).")
    private Digits digits;

    @Option(
            names = "--test-speaker",
            paramLabel = "NAME",
            description = "FSDD: test on all takes of this speaker, and train on the others.")
    private String testSpeaker;

    @Option(
            names = "--train-split",
            paramLabel = "NAME",
            description = "LibriSpeech: a split to train on (default: train-clean-100).")
    private String[] trainSplits = {"train-clean-100"};

    @Option(
            names = "--validation-split",
            paramLabel = "NAME",
            description = "LibriSpeech: a split to choose the model on (default: dev-clean).")
    private String[] validationSplits = {"dev-clean"};

    @Option(
            names = "--test-split",
            paramLabel = "NAME",
            description = "LibriSpeech: a split to test on (default: test-clean).")
    private String[] testSplits = {"test-clean"};

    @Option(
            names = "--train",
            paramLabel = "JSONL",
            description =
                    "Manifest: the training utterances, a JSON object a line: audio_filepath and"
                            + " text, or utt and text with --train-features.")
    private Path train;

    @Option(
            names = "--train-features",
            paramLabel = "NPZ",
            description = "Manifest: precomputed features (frames, dimensions), named by utt.")
    private Path trainFeatures;

    @Option(
            names = "--validation",
            paramLabel = "JSONL",
            description = "Manifest: the validation utterances (default: 5 %% of --train).")
    private Path validation;

    @Option(
            names = "--validation-features",
            paramLabel = "NPZ",
            description = "Manifest: their features.")
    private Path validationFeatures;

    @Option(names = "--test", paramLabel = "JSONL", description = "Manifest: the test utterances.")
    private Path test;

    @Option(
            names = "--test-features",
            paramLabel = "NPZ",
            description = "Manifest: their features.")
    private Path testFeatures;

    @Option(
            names = "--utterances",
            paramLabel = "N",
            description = "Synthetic, FSDD strings: the number of training utterances.")
    private Integer utterances;

    @Option(
            names = "--data-seed",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Decides which utterances are synthesised, joined or held out (default:"
                            + " ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private SkippingOptions skipping;

    Kind kind() {
        return kind;
    }

    SkippedSamples newSkippedSamples() {
        return skipping.newSkippedSamples();
    }

    Corpus<Utterance> load(SkippedSamples skipped) throws IOException {
        check();
        return switch (kind) {
            case SYNTHETIC -> synthetic();
            case FSDD -> fsdd().load(skipped);
            case LIBRISPEECH ->
                    LibriSpeechCorpus.builder()
                            .setFolder(required(folder, "--folder"))
                            .optTrain(trainSplits)
                            .optValidation(validationSplits)
                            .optTest(testSplits)
                            .build()
                            .load(skipped);
            case MANIFEST -> manifest().load(skipped);
        };
    }

    private void check() {
        dataRules().rejectOthers(SPECIFIC);
        OptionRules rules = new OptionRules(spec);
        if (utterances != null) {
            rules.requireAtLeast(1, "--utterances", utterances);
        }
        if (kind == Kind.FSDD && digits == Digits.SINGLE) {
            rules.rejectMeaningless("for --digits single", "--utterances");
        }
        if (validationFeatures != null) {
            required(validation, "--validation");
        }
    }

    private Corpus<Utterance> synthetic() {
        SyntheticCorpus.Builder builder = SyntheticCorpus.builder().optSeed(seed);
        if (utterances != null) {
            builder.optTrainUtterances(utterances);
        }
        return builder.build();
    }

    private FsddCorpus fsdd() {
        FsddCorpus.Builder builder =
                FsddCorpus.builder().setFolder(required(folder, "--folder")).optSeed(seed);
        if (testSpeaker != null) {
            builder.optTestSpeaker(testSpeaker);
        }
        if (digits == Digits.SINGLE) {
            builder.optSingleDigits();
        } else if (utterances != null) {
            DigitStrings strings = DigitStrings.DEFAULT;
            builder.optStrings(
                    new DigitStrings(
                            strings.minDigits(),
                            strings.maxDigits(),
                            utterances,
                            strings.validation(),
                            strings.test()));
        }
        return builder.build();
    }

    private ManifestCorpus<Utterance> manifest() {
        required(train, "--train");
        required(test, "--test");
        ManifestCorpus.Builder<Utterance> builder =
                ManifestCorpus.<Utterance>builder(Utterance.UNIT)
                        .setTrain(manifest(train, trainFeatures))
                        .setTest(manifest(test, testFeatures))
                        .optSeed(seed);
        if (validation != null) {
            builder.optValidation(manifest(validation, validationFeatures));
        }
        return builder.build();
    }

    private static SampleManifest<Utterance> manifest(Path file, Path features) {
        return features == null ? new AudioManifest(file) : new ArchiveManifest(file, features);
    }

    private Path required(Path value, String option) {
        return dataRules().required(value, option);
    }

    private DataRules<Kind> dataRules() {
        return new DataRules<>(spec, kind);
    }
}
