package io.github.djlctc.examples.speech;

import io.github.djlctc.examples.common.ProcessMemory;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.speech.corpus.Corpus;
import io.github.djlctc.examples.speech.feature.FeatureConfig;
import io.github.djlctc.examples.speech.model.ModelConfig;
import io.github.djlctc.examples.speech.model.ModelSize;
import io.github.djlctc.examples.speech.train.Augmentation;
import io.github.djlctc.examples.speech.train.CheckpointPlan;
import io.github.djlctc.examples.speech.train.Evaluation;
import io.github.djlctc.examples.speech.train.TrainingOptions;
import io.github.djlctc.examples.speech.train.TrainingRun;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.training.CheckpointStore;
import io.github.djlctc.training.NonFinitePolicy;
import io.github.djlctc.training.NonFiniteStepException;
import io.github.djlctc.training.TrainingCheckpoint;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** {@code speech train}. */
@Command(
        name = "train",
        description =
                "Trains a recogniser and reports its errors on the test set. Without options it"
                        + " trains on synthetic spoken commands.",
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Mixin private DataOptions data;
    @Mixin private InputOptions input;
    @Mixin private EngineOptions engine;
    @Mixin private ReportOptions report;

    @Option(
            names = "--model",
            defaultValue = "speech-model",
            paramLabel = "DIR",
            description = "Where the best model is kept (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
            names = "--cepstra",
            description =
                    "The precomputed features are mel cepstra, coefficient 0 first: vary the vocal"
                            + " tract length.")
    private boolean cepstra;

    @Option(names = "--channels", paramLabel = "N", description = "Channels of the convolutions.")
    private Integer channels;

    @Option(
            names = "--state-size",
            paramLabel = "N",
            description = "State size of each direction of the LSTM layers.")
    private Integer stateSize;

    @Option(names = "--layers", paramLabel = "N", description = "LSTM layers.")
    private Integer layers;

    @Option(
            names = "--subsampling",
            paramLabel = "N",
            description = "Feature frames per frame of the logits.")
    private Integer subsampling;

    @Option(names = "--dropout", paramLabel = "P", description = "Dropout, 0 to below 1.")
    private Float dropout;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs.")
    private Integer epochs;

    @Option(
            names = "--batch-size",
            defaultValue = "16",
            paramLabel = "N",
            description = "Utterances per step (default: ${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description = "The highest learning rate of AdamW.")
    private Float learningRate;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Steps until the highest learning rate; then it falls along a cosine.")
    private Integer warmUpSteps;

    @Option(
            names = "--weight-decay",
            defaultValue = "0.01",
            paramLabel = "R",
            description = "AdamW's weight decay (default: ${DEFAULT-VALUE}).")
    private float weightDecay;

    @Option(
            names = "--clip",
            defaultValue = "3",
            paramLabel = "NORM",
            description = "The limit of the global gradient norm (default: ${DEFAULT-VALUE}).")
    private float maxGradientNorm;

    @Option(
            names = "--on-divergence",
            defaultValue = "halt",
            paramLabel = "WHAT",
            description =
                    "What happens at a loss or gradient that is not finite:"
                            + " ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private NonFinitePolicy onDivergence;

    @Option(
            names = "--patience",
            defaultValue = "12",
            paramLabel = "N",
            description =
                    "Stop after so many epochs without a better validation CER (default:"
                            + " ${DEFAULT-VALUE}).")
    private int patience;

    @Option(names = "--no-augmentation", description = "Show the training utterances as they are.")
    private boolean noAugmentation;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "Decides initial parameters, dropout, order and augmentation (default:"
                            + " ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--resume",
            description =
                    "Go on with the run in the folder of --model, with the options that it was"
                            + " started with.")
    private boolean resume;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "200",
            paramLabel = "N",
            description =
                    "Save a checkpoint after so many batches, besides every epoch (default:"
                            + " ${DEFAULT-VALUE}).")
    private int checkpointBatches;

    @Option(
            names = "--keep-best",
            defaultValue = "1",
            paramLabel = "K",
            description =
                    "Keep the checkpoints of the K best epochs, besides the latest two (default:"
                            + " ${DEFAULT-VALUE}).")
    private int keepBest;

    @Override
    public Integer call() throws Exception {
        Path checkpoints = CheckpointPlan.folderOf(folder);
        Optional<TrainingCheckpoint> latest =
                Files.isDirectory(checkpoints)
                        ? CheckpointStore.open(checkpoints, 0).latest()
                        : Optional.empty();
        if (!resume) {
            latest.filter(checkpoint -> !CheckpointPlan.isFinished(checkpoint))
                    .ifPresent(this::refuseToOverwrite);
            return run(Optional.empty(), RunOptions.of(spec.commandLine().getParseResult()));
        }
        TrainingCheckpoint checkpoint = latest.orElseThrow(this::nothingToResume);
        RunOptions options = RunOptions.parse(CheckpointPlan.optionsOf(checkpoint));
        TrainCommand command = options.commandWith(spec.commandLine(), folder);
        return command.run(Optional.of(checkpoint), options);
    }

    private void refuseToOverwrite(TrainingCheckpoint checkpoint) {
        throw new ParameterException(
                spec.commandLine(),
                folder
                        + " holds a run that was interrupted in epoch "
                        + (checkpoint.position().epoch() + 1)
                        + ": go on with --resume, choose another --model, or delete "
                        + CheckpointPlan.folderOf(folder));
    }

    private ParameterException nothingToResume() {
        return new ParameterException(
                spec.commandLine(),
                "there is nothing to resume in "
                        + CheckpointPlan.folderOf(folder)
                        + ": start without --resume");
    }

    private int run(Optional<TrainingCheckpoint> resumed, RunOptions runOptions) throws Exception {
        engine.apply();
        long start = System.nanoTime();
        SkippedSamples skipped = data.newSkippedSamples();
        Recipe recipe = Recipe.of(data.kind());
        TrainingOptions options = checked(() -> options(recipe));
        CheckpointPlan plan =
                checked(
                        () ->
                                new CheckpointPlan(
                                        CheckpointPlan.folderOf(folder),
                                        checkpointBatches,
                                        keepBest,
                                        runOptions.toString(),
                                        resumed));
        Corpus corpus = data.load(skipped);
        ModelConfig config = config(corpus, recipe);
        Alphabet alphabet = input.alphabet(corpus);
        Augmentation augmentation = checked(() -> augmentation(config.features()));
        Report out = report.open();
        out.start(corpus, config, alphabet, options);
        resumed.map(TrainingCheckpoint::position).ifPresent(out::resume);
        TrainingRun run =
                new TrainingRun(corpus, alphabet, config, augmentation, options, plan, skipped);
        Path auditFile = folder.resolve(TrainingRun.AUDIT_FILE);
        Evaluation test;
        try {
            test = run.run(audit -> out.audit(audit, auditFile), out::epoch);
        } catch (NonFiniteStepException e) {
            // Its stack says nothing: the message names the origin.
            spec.commandLine()
                    .getErr()
                    .println(
                            "speech: "
                                    + e.getMessage()
                                    + " --on-divergence skip goes on without such batches.");
            return CommandLine.ExitCode.SOFTWARE;
        }
        Path transcripts = folder.resolve("test.jsonl");
        TranscriptFile.write(transcripts, test.transcripts());
        out.transcripts(test, transcripts);
        out.skipped(skipped);
        out.errors("test", test);
        out.end((System.nanoTime() - start) / 1e9, ProcessMemory.peakMebibytes(), folder);
        return 0;
    }

    private TrainingOptions options(Recipe recipe) {
        return new TrainingOptions(
                orElse(epochs, recipe.epochs()),
                batchSize,
                orElse(learningRate, recipe.learningRate()),
                orElse(warmUpSteps, recipe.warmUpSteps()),
                weightDecay,
                maxGradientNorm,
                onDivergence,
                patience,
                seed,
                folder);
    }

    private ModelConfig config(Corpus corpus, Recipe recipe) throws IOException {
        FeatureConfig features = input.features(corpus);
        if (features.kind() == FeatureConfig.Kind.LOG_MEL) {
            reject("for sound", "--cepstra");
        }
        return new ModelConfig(features, checked(() -> size(recipe.size())), input.letterCase());
    }

    private void reject(String where, String... options) {
        for (String option : options) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(), option + " has no meaning " + where);
            }
        }
    }

    private Augmentation augmentation(FeatureConfig features) {
        if (noAugmentation) {
            reject("without augmentation", "--cepstra");
            return Augmentation.NONE;
        }
        return Recipe.augmentation(data.kind(), features, cepstra);
    }

    /** Makes something of the options; if that cannot be, their values are wrong. */
    private <T> T checked(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ModelSize size(ModelSize preset) {
        return new ModelSize(
                orElse(channels, preset.channels()),
                orElse(stateSize, preset.stateSize()),
                orElse(layers, preset.layers()),
                orElse(subsampling, preset.subsampling()),
                orElse(dropout, preset.dropout()));
    }

    private static <T> T orElse(T value, T preset) {
        return value == null ? preset : value;
    }
}
