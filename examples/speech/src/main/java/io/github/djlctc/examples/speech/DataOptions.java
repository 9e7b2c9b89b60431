package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.command.DataRules;
import io.github.djlctc.examples.common.command.DataSource;
import io.github.djlctc.examples.common.command.EmptyTranscriptOption;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SkippingOptions;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.speech.corpus.CommonVoiceCorpus;
import io.github.djlctc.examples.speech.corpus.LibriSpeechCorpus;
import io.github.djlctc.examples.speech.corpus.SplitCorpus;
import io.github.djlctc.examples.speech.corpus.SplitNames;
import io.github.djlctc.examples.speech.corpus.TedLiumCorpus;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.corpus.VoxForgeCorpus;
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
final class DataOptions implements DataSource<Utterance> {

    enum Kind {
        SYNTHETIC,
        FSDD,
        LIBRISPEECH,
        COMMONVOICE,
        TEDLIUM,
        VOXFORGE,
        MANIFEST
    }

    /** The corpora whose parts have names. */
    private static final Set<Kind> NAMED_SPLITS =
            Set.of(Kind.LIBRISPEECH, Kind.COMMONVOICE, Kind.TEDLIUM);

    /** The options that serve some kinds of data only. */
    private static final Map<String, Set<Kind>> SPECIFIC =
            Map.ofEntries(
                    Map.entry(
                            "--folder",
                            Set.of(
                                    Kind.FSDD,
                                    Kind.LIBRISPEECH,
                                    Kind.COMMONVOICE,
                                    Kind.TEDLIUM,
                                    Kind.VOXFORGE)),
                    Map.entry("--digits", Set.of(Kind.FSDD)),
                    Map.entry("--test-speaker", Set.of(Kind.FSDD)),
                    Map.entry("--train-split", NAMED_SPLITS),
                    Map.entry("--validation-split", NAMED_SPLITS),
                    Map.entry("--test-split", NAMED_SPLITS),
                    Map.entry("--train", Set.of(Kind.MANIFEST)),
                    Map.entry("--train-features", Set.of(Kind.MANIFEST)),
                    Map.entry("--validation", Set.of(Kind.MANIFEST)),
                    Map.entry("--validation-features", Set.of(Kind.MANIFEST)),
                    Map.entry("--test", Set.of(Kind.MANIFEST)),
                    Map.entry("--test-features", Set.of(Kind.MANIFEST)),
                    Map.entry("--check-audio", Set.of(Kind.MANIFEST)),
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
            description =
                    "The recordings of FSDD; LibriSpeech, TED-LIUM or VoxForge as unpacked; or the"
                            + " folder of a language of Common Voice.")
    private Path folder;

    @Mixin private FsddOptions fsdd;
    @Mixin private SplitOptions splits;
    @Mixin private ManifestOptions manifest;

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

    @Mixin private DurationOption duration;
    @Mixin private EmptyTranscriptOption emptyTranscripts;
    @Mixin private SkippingOptions skipping;

    Kind kind() {
        return kind;
    }

    boolean hasSingleDigits() {
        return kind == Kind.FSDD && fsdd.hasSingleDigits();
    }

    @Override
    public SkippedSamples newSkippedSamples() {
        return duration.tolerating(skipping.newSkippedSamples());
    }

    @Override
    public Corpus<Utterance> load(SkippedSamples skipped) throws IOException {
        DataRules<Kind> rules = new DataRules<>(spec, kind);
        check(rules);
        Corpus<Utterance> corpus = duration.apply(corpus(rules, skipped), skipped);
        return emptyTranscripts.apply(corpus, skipped);
    }

    private Corpus<Utterance> corpus(DataRules<Kind> rules, SkippedSamples skipped)
            throws IOException {
        return switch (kind) {
            case SYNTHETIC -> synthetic();
            case FSDD -> fsdd.corpus(folder(rules), utterances, seed).load(skipped);
            case LIBRISPEECH, COMMONVOICE, TEDLIUM -> splitCorpus(rules).load(skipped);
            case VOXFORGE -> new VoxForgeCorpus(folder(rules), seed).load(skipped);
            case MANIFEST -> manifest.corpus(rules, seed).load(skipped);
        };
    }

    @Override
    public Corpus<Utterance> loadSplit(Split split, SkippedSamples skipped) throws IOException {
        DataRules<Kind> rules = new DataRules<>(spec, kind);
        check(rules);
        return switch (kind) {
            case SYNTHETIC, FSDD, VOXFORGE -> load(skipped);
            case LIBRISPEECH, COMMONVOICE, TEDLIUM ->
                    duration.apply(splitCorpus(rules).loadSplit(split, skipped), skipped);
            case MANIFEST -> duration.apply(manifest.load(split, rules, seed, skipped), skipped);
        };
    }

    private void check(DataRules<Kind> dataRules) {
        dataRules.rejectOthers(SPECIFIC);
        OptionRules rules = new OptionRules(spec);
        if (utterances != null) {
            int most = kind == Kind.SYNTHETIC ? SyntheticCorpus.MAX_UTTERANCES : 10_000_000;
            rules.requireWithin(1, most, "--utterances", utterances);
        }
        if (hasSingleDigits()) {
            rules.rejectMeaningless("for --digits single", "--utterances");
        }
        duration.check(rules);
        manifest.check(dataRules, rules);
    }

    private SplitCorpus splitCorpus(DataRules<Kind> rules) {
        Path parts = folder(rules);
        if (kind == Kind.LIBRISPEECH) {
            return new LibriSpeechCorpus(
                    parts, splits.names("train-clean-100", "dev-clean", "test-clean"));
        }
        SplitNames names = splits.names("train", "dev", "test");
        return kind == Kind.COMMONVOICE
                ? new CommonVoiceCorpus(parts, names)
                : new TedLiumCorpus(parts, names);
    }

    private Path folder(DataRules<Kind> rules) {
        return rules.required(folder, "--folder");
    }

    private Corpus<Utterance> synthetic() {
        SyntheticCorpus.Builder builder = SyntheticCorpus.builder().optSeed(seed);
        if (utterances != null) {
            builder.optTrainUtterances(utterances);
        }
        return builder.build();
    }
}
