package io.github.djlctc.examples.common.command;

import io.github.djlctc.checkpoint.CheckpointStore;
import io.github.djlctc.checkpoint.TrainingCheckpoint;
import io.github.djlctc.examples.common.ProcessMemory;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.report.ProgramTerms;
import io.github.djlctc.examples.common.report.RunDescription;
import io.github.djlctc.examples.common.report.RunReport;
import io.github.djlctc.examples.common.report.TestReport;
import io.github.djlctc.examples.common.report.html.TrainingReport;
import io.github.djlctc.examples.common.report.html.TrainingReportPage;
import io.github.djlctc.examples.common.train.CheckpointPlan;
import io.github.djlctc.examples.common.train.Decoding;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.RecognitionModel;
import io.github.djlctc.examples.common.train.TrainingOptions;
import io.github.djlctc.examples.common.train.TrainingOutcome;
import io.github.djlctc.examples.common.train.TrainingRun;
import io.github.djlctc.metric.ErrorCounts;
import io.github.djlctc.monitor.NonFinitePolicy;
import io.github.djlctc.monitor.NonFiniteStepException;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The command {@code train} of a program: training options, resume, reports.
 *
 * @param <S> what a sample is
 */
public abstract class TrainingCommand<S extends CorpusSample> implements Callable<Integer> {

    private static final String PAGE_FILE = "report.html";

    @Spec private CommandSpec spec;

    @Mixin private EngineOptions engine;
    @Mixin private ReportOptions report;

    @Option(
            names = "--model",
            defaultValue = "${ROOT-COMMAND-NAME}-model",
            paramLabel = "DIR",
            description = "Where the best model is kept (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs.")
    private Integer epochs;

    @Option(
            names = "--batch-size",
            defaultValue = "16",
            paramLabel = "N",
            description = "Samples per step (default: ${DEFAULT-VALUE}).")
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
                    "Stop after so many epochs without a better mean of validation CER and WER"
                            + " (default: ${DEFAULT-VALUE}).")
    private int patience;

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

    /** Creates the command; picocli sets its options. */
    protected TrainingCommand() {}

    /**
     * Returns the options that depend on the data.
     *
     * @return what serves if the user says nothing
     */
    protected abstract TrainingDefaults defaults();

    /**
     * Returns what takes the samples that cannot be used.
     *
     * @return an empty list
     */
    protected abstract SkippedSamples newSkippedSamples();

    /**
     * Loads the data, and makes the model.
     *
     * @param skipped takes the samples that cannot be used
     * @return both
     * @throws IOException if the data cannot be read
     */
    protected abstract TrainingSetup<S> setUp(SkippedSamples skipped) throws IOException;

    /**
     * Returns the beam search whose errors on the test set are reported beside those of greedy
     * decoding.
     *
     * @param setup what is trained on what
     * @param folder the folder of the model, which may take files that the search needs
     * @return the search; nothing unless a program has one
     * @throws IOException if files cannot be read or written
     */
    protected Optional<Decoding> searchDecoding(TrainingSetup<S> setup, Path folder)
            throws IOException {
        return Optional.empty();
    }

    /**
     * Returns how the program speaks.
     *
     * @return its words
     */
    protected abstract ProgramTerms words();

    /**
     * Returns a command line of the program, for the options that a run was started with.
     *
     * @return a fresh one
     */
    protected abstract CommandLine newProgram();

    /**
     * Returns the rules for options.
     *
     * @return the rules of this command
     */
    protected final OptionRules rules() {
        return new OptionRules(spec);
    }

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
        CommandLine reparsed = options.reparsed(spec.commandLine(), newProgram(), folder);
        TrainingCommand<?> command = reparsed.getCommand();
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
        SkippedSamples skipped = newSkippedSamples();
        TrainingOptions options = rules().checked(this::options);
        CheckpointPlan plan =
                rules().checked(
                                () ->
                                        new CheckpointPlan(
                                                CheckpointPlan.folderOf(folder),
                                                checkpointBatches,
                                                keepBest,
                                                runOptions.toString(),
                                                resumed));
        try (TrainingSetup<S> setup = setUp(skipped)) {
            RunReport out = report.open(words());
            RunDescription description = description(setup, options);
            out.start(description);
            resumed.map(TrainingCheckpoint::position).ifPresent(out::resume);
            List<Decoding> decodings = new ArrayList<>(List.of(Decoding.greedy(setup.model())));
            searchDecoding(setup, folder).ifPresent(decodings::add);
            TrainingOutcome outcome = train(setup, options, plan, skipped, decodings, out);
            new TestReport("test", decodings, outcome.tests()).print(out, folder, skipped);
            writePage(description, setup.model(), decodings, outcome, skipped);
            out.end((System.nanoTime() - start) / 1e9, ProcessMemory.peakMebibytes(), folder);
            return CommandLine.ExitCode.OK;
        } catch (NonFiniteStepException e) {
            return tell(e);
        }
    }

    private RunDescription description(TrainingSetup<S> setup, TrainingOptions options) {
        RecognitionModel model = setup.model();
        return new RunDescription(
                setup.corpus(),
                setup.facts(),
                setup.settings(),
                model.alphabet().size(),
                model.djlModel().getNDManager().getDevice(),
                options);
    }

    private TrainingOutcome train(
            TrainingSetup<S> setup,
            TrainingOptions options,
            CheckpointPlan plan,
            SkippedSamples skipped,
            List<Decoding> decodings,
            RunReport out)
            throws Exception {
        Path auditFile = folder.resolve(TrainingRun.AUDIT_FILE);
        return new TrainingRun<>(
                        setup.corpus(), setup.model(), setup.reader(), options, plan, skipped)
                .run(decodings, audit -> out.audit(audit, auditFile), out::epoch);
    }

    private void writePage(
            RunDescription description,
            RecognitionModel model,
            List<Decoding> decodings,
            TrainingOutcome outcome,
            SkippedSamples skipped)
            throws IOException {
        TrainingReport.Builder page =
                TrainingReport.builder()
                        .setTitle(spec.root().name() + " train: " + description.corpus().name());
        description.allFacts().forEach(page::addFact);
        for (int i = 0; i < decodings.size(); i++) {
            page.addFact("test, " + decodings.get(i).name(), errors(outcome.tests().get(i)));
        }
        TrainingReportPage.write(
                page.optEpochs(outcome.epochs())
                        .optAlignedSamples(model.alphabet(), model.frameScale(), outcome.aligned())
                        .optTranscripts(outcome.tests().get(0).transcripts())
                        .optAudit(outcome.audit())
                        .optSkipped(skipped.list())
                        .build(),
                folder.resolve(PAGE_FILE));
    }

    private static String errors(Evaluation test) {
        ErrorCounts words = test.words();
        return String.format(
                Locale.ROOT,
                "WER %.2f %% (%d of %d words), CER %.2f %%",
                100 * words.rate(),
                words.errors(),
                words.referenceLength(),
                100 * test.characters().rate());
    }

    /** Without the stack, which says nothing: the message names the origin. */
    private int tell(NonFiniteStepException e) {
        String remedy = " --on-divergence skip goes on without such batches.";
        String program = spec.root().name();
        spec.commandLine().getErr().println(program + ": " + e.getMessage() + remedy);
        return CommandLine.ExitCode.SOFTWARE;
    }

    private TrainingOptions options() {
        TrainingDefaults defaults = defaults();
        return new TrainingOptions(
                epochs == null ? defaults.epochs() : epochs,
                batchSize,
                learningRate == null ? defaults.learningRate() : learningRate,
                warmUpSteps == null ? defaults.warmUpSteps() : warmUpSteps,
                weightDecay,
                maxGradientNorm,
                onDivergence,
                patience,
                seed,
                folder);
    }
}
