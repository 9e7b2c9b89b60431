package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.command.DataSource;
import io.github.djlctc.examples.common.command.IntermediateOptions;
import io.github.djlctc.examples.common.command.RecurrentOptions;
import io.github.djlctc.examples.common.command.TrainingCommand;
import io.github.djlctc.examples.common.command.TrainingDefaults;
import io.github.djlctc.examples.common.command.TrainingSetup;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.model.IntermediateConfig;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.common.train.MemoryBudget;
import io.github.djlctc.examples.speech.Recipe.TimeMasks;
import io.github.djlctc.examples.speech.corpus.SampleRates;
import io.github.djlctc.examples.speech.corpus.Utterance;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.examples.speech.model.SpeechModel;
import io.github.djlctc.examples.speech.model.StreamingConfig;
import io.github.djlctc.examples.speech.train.Augmentation;
import io.github.djlctc.examples.speech.train.SignalCache;
import io.github.djlctc.examples.speech.train.SignalFile;
import io.github.djlctc.examples.speech.train.UtteranceReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** {@code speech train}. */
@Command(
        name = "train",
        description =
                "Trains a recogniser and reports its errors on the test set. Without options it"
                        + " trains on synthetic spoken commands.",
        sortOptions = false)
final class TrainCommand extends TrainingCommand<Utterance> {

    private static final Path CACHE_FILE = Path.of("sound.cache");

    @Mixin private DataOptions data;
    @Mixin private InputOptions input;

    @Option(
            names = "--cepstra",
            description =
                    "The precomputed features are mel cepstra, coefficient 0 first: vary the vocal"
                            + " tract length.")
    private boolean cepstra;

    @Option(
            names = "--preset",
            defaultValue = "cpu",
            paramLabel = "SIZE",
            description =
                    "Sizes of the layers, where the options below do not give them:"
                            + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). GPU: 512"
                            + " channels, 4 LSTM layers of 640, 1 frame of 4, dropout 0.2.")
    private ModelPreset preset;

    @Option(names = "--channels", paramLabel = "N", description = "Channels of the convolutions.")
    private Integer channels;

    @Mixin private RecurrentOptions recurrent;

    @Option(
            names = "--subsampling",
            paramLabel = "N",
            description = "Feature frames per frame of the logits.")
    private Integer subsampling;

    @Option(names = "--dropout", paramLabel = "P", description = "Dropout, 0 to below 1.")
    private Float dropout;

    @Mixin private IntermediateOptions intermediate;
    @Mixin private StreamingOptions streaming;

    @Option(names = "--no-augmentation", description = "Show the training utterances as they are.")
    private boolean noAugmentation;

    @Option(
            names = CONSISTENCY,
            paramLabel = "WEIGHT",
            description =
                    "Show each utterance in two views, with different masks and noise, and bring"
                            + " what the model says of one closer to what it says of the other, with"
                            + " this weight (CR-CTC, where it is 0.2; 0: one view; default: 0.2 for"
                            + " fsdd and manifest, without --intermediate and --no-augmentation; 0"
                            + " otherwise). Masks more of the time, and a step costs up to twice as"
                            + " much time and memory.")
    private Double consistency;

    @Option(
            names = "--disk-cache",
            defaultValue = "16",
            paramLabel = "GB",
            description =
                    "Until training ends, keep decoded sound that does not fit in memory in the"
                            + " folder of the model, so many gigabytes at most (default:"
                            + " ${DEFAULT-VALUE}; 0: decode it again in every epoch).")
    private int diskCache;

    @Override
    protected TrainingDefaults defaults() {
        return recipe().training();
    }

    @Override
    protected double consistencyWeight() {
        if (consistency != null) {
            return consistency;
        }
        boolean views = !noAugmentation && intermediate.config() == null;
        return views ? recipe().consistency() : 0;
    }

    @Override
    protected double concatenatedShare() {
        return streaming.concatenatedShare();
    }

    private Recipe recipe() {
        if (data.hasSingleDigits()) {
            return Recipe.ofSingleDigits();
        }
        return streaming.isOn() ? Recipe.ofStreaming(data.kind()) : Recipe.of(data.kind());
    }

    @Override
    protected void checkOptions() {
        if (intermediate.config() != null) {
            String heads = "--intermediate cannot be used together with ";
            if (rules().isGiven("--streaming")) {
                throw rules().wrong(heads + "--streaming, whose models have no heads");
            }
            if (consistencyWeight() > 0) {
                throw rules().wrong(heads + "--consistency, which is of models without heads");
            }
        }
    }

    @Override
    protected DataSource<Utterance> data() {
        return data;
    }

    @Override
    protected TrainingSetup<Utterance> setUp(Corpus<Utterance> corpus) throws IOException {
        ModelConfig config = config(corpus);
        Augmentation augmentation = rules().checked(() -> augmentation(config.features()));
        rules().requireWithin(0, 1_000_000, "--disk-cache", diskCache);
        SpeechModel model = SpeechModel.create(config, input.alphabet(corpus));
        return new TrainingSetup<>(
                corpus,
                model,
                new UtteranceReader(model, augmentation, cache()),
                facts(model, InputOptions.rates(corpus)),
                JsonOutput.tree(config));
    }

    private SignalCache cache() throws IOException {
        Path file = folder().resolve(CACHE_FILE);
        if (diskCache == 0) {
            Files.deleteIfExists(file);
            return new SignalCache(MemoryBudget.forTraining());
        }
        Files.createDirectories(folder());
        long bytes = diskCache * 1_000_000_000L;
        return new SignalCache(
                MemoryBudget.forTraining(), SignalFile.open(file, bytes, this::printError));
    }

    private static Map<String, String> facts(SpeechModel model, SampleRates rates) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("features", describe(model.config().features(), rates));
        facts.put("model", describe(model.config(), model.alphabet().size()));
        if (model.isStreaming()) {
            facts.put("streaming", describe(model));
        }
        return facts;
    }

    private static String describe(SpeechModel model) {
        int chunk = model.config().streaming().chunk();
        return String.format(
                "reads sound as it comes, in chunks of %.0f ms, with a lookahead of at most %.0f"
                        + " ms",
                1000 * chunk * model.secondsPerFrame(), 1000 * model.lookaheadSeconds());
    }

    private static String describe(ModelConfig config, int classes) {
        ModelSize size = config.size();
        return String.format(
                "%d convolutions of %d channels (1 frame of %d), %d %s LSTM layers of %d%s, %d"
                        + " classes",
                config.isStreaming() ? 3 : 2,
                size.channels(),
                size.subsampling(),
                size.layers(),
                config.isStreaming() ? "chunked" : "bidirectional",
                size.stateSize(),
                config.intermediate() == null
                        ? ""
                        : " " + config.intermediate().describe(size.layers()),
                classes);
    }

    private static String describe(FeatureConfig features, SampleRates rates) {
        if (features.kind() != FeatureConfig.Kind.LOG_MEL) {
            return features.dimensions() + " precomputed values with first and second differences";
        }
        long converted = rates.othersThan(features.sampleRate());
        return features.dimensions()
                + " log-mel values per 10 ms, at "
                + features.sampleRate()
                + " Hz"
                + (converted == 0 ? "" : " (" + converted + " utterances converted to it)");
    }

    private ModelConfig config(Corpus<Utterance> corpus) throws IOException {
        FeatureConfig features = input.features(corpus);
        if (features.kind() == FeatureConfig.Kind.LOG_MEL) {
            rules().rejectMeaningless("for sound", "--cepstra");
        }
        ModelSize size = rules().checked(() -> size(preset.size(recipe().size())));
        IntermediateConfig heads = intermediate.config();
        StreamingConfig stream = streaming.config(features, corpus).orElse(null);
        return rules().checked(
                        () -> new ModelConfig(features, size, input.letterCase(), stream, heads));
    }

    private Augmentation augmentation(FeatureConfig features) {
        if (noAugmentation) {
            rules().rejectMeaningless("without augmentation", "--cepstra");
            if (consistencyWeight() > 0) {
                rules().rejectMeaningless("without augmentation", CONSISTENCY);
            }
            return Augmentation.NONE;
        }
        TimeMasks masks = consistencyWeight() > 0 ? TimeMasks.FOR_CONSISTENCY : TimeMasks.USUAL;
        return Recipe.augmentation(data.kind(), features, cepstra, masks);
    }

    private ModelSize size(ModelSize preset) {
        return new ModelSize(
                Objects.requireNonNullElse(channels, preset.channels()),
                recurrent.stateSize(preset.stateSize()),
                recurrent.layers(preset.layers()),
                Objects.requireNonNullElse(subsampling, preset.subsampling()),
                Objects.requireNonNullElse(dropout, preset.dropout()));
    }
}
