package io.github.djlctc.examples.common.command;

import io.github.djlctc.checkpoint.TrainingCheckpoint;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.ProcessMemory;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.decoding.DecoderTuning;
import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.examples.common.decoding.EmittedSamples;
import io.github.djlctc.examples.common.decoding.TunedDecoder;
import io.github.djlctc.examples.common.report.RunDescription;
import io.github.djlctc.examples.common.report.RunReport;
import io.github.djlctc.examples.common.report.TestReport;
import io.github.djlctc.examples.common.train.BatchMemoryException;
import io.github.djlctc.examples.common.train.CheckpointPlan;
import io.github.djlctc.examples.common.train.FolderInUseException;
import io.github.djlctc.examples.common.train.ModelFolderLock;
import io.github.djlctc.examples.common.train.RecognitionModel;
import io.github.djlctc.examples.common.train.TrainingOptions;
import io.github.djlctc.examples.common.train.TrainingOutcome;
import io.github.djlctc.examples.common.train.TrainingRun;
import io.github.djlctc.monitor.NonFiniteStepException;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The command {@code train} of a program: trains a model on the data of its options, or goes on
 * with an interrupted run, and reports what came of it.
 *
 * @param <S> what a sample is
 */
public abstract class TrainingCommand<S extends CorpusSample> implements Callable<Integer> {

    /** The option for {@link #consistencyWeight}, of programs that have it. */
    protected static final String CONSISTENCY = "--consistency";

    /** The option for {@link #concatenatedShare}, of programs that have it. */
    public static final String CONCATENATE = "--concatenate";

    @Spec private CommandSpec spec;
    @ParentCommand private TrainingProgram program;

    @Mixin private EngineOptions engine;
    @Mixin private ReplicaOptions replicas;
    @Mixin private ReportOptions report;

    @Option(
            names = "--model",
            defaultValue = "${ROOT-COMMAND-NAME}-model",
            paramLabel = "DIR",
            description = "Where the best model is kept (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Mixin private TrainingSettings settings;
    @Mixin private CheckpointOptions checkpoints;

    /** Creates the command; picocli sets its options. */
    protected TrainingCommand() {}

    /**
     * Returns the training options that depend on the data.
     *
     * @return the values of the options that are not given
     */
    protected abstract TrainingDefaults defaults();

    /** Checks options that exclude each other, before the data is read. */
    protected void checkOptions() {}

    /**
     * Returns the options that choose the data.
     *
     * @return the options, set
     */
    protected abstract DataSource<S> data();

    /**
     * Makes the model for the data.
     *
     * @param corpus the data
     * @return both
     * @throws IOException if the data cannot be read
     */
    protected abstract TrainingSetup<S> setUp(Corpus<S> corpus) throws IOException;

    /**
     * Returns the weight of the consistency between two views of every sample.
     *
     * @return 0, for one view of each, unless a program has an option for it
     */
    protected double consistencyWeight() {
        return 0;
    }

    /**
     * Returns the share of the training samples that follow each other in one sample.
     *
     * @return 0, for none, unless a program has an option for it
     */
    protected double concatenatedShare() {
        return 0;
    }

    /**
     * Returns words that may come besides those of the training transcripts, for the lexicon.
     *
     * @return the words; none unless a program knows them
     */
    protected Collection<String> knownWords() {
        return List.of();
    }

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
        try (ModelFolderLock lock = ModelFolderLock.acquire(folder)) {
            lock.takeover().ifPresent(this::printError);
            return runOrResume();
        } catch (FolderInUseException e) {
            printError(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private int runOrResume() throws Exception {
        Optional<TrainingCheckpoint> resumed = checkpoints.findResumed(folder);
        if (resumed.isEmpty()) {
            return run(resumed, RunOptions.of(spec.commandLine().getParseResult()));
        }
        RunOptions options = RunOptions.parse(CheckpointPlan.optionsOf(resumed.get()));
        CommandLine reparsed =
                options.reparsed(spec.commandLine(), program.newCommandLine(), folder);
        TrainingCommand<?> command = reparsed.getCommand();
        return command.run(resumed, options);
    }

    private int run(Optional<TrainingCheckpoint> resumed, RunOptions runOptions) throws Exception {
        engine.apply();
        long start = System.nanoTime();
        SkippedSamples skipped = data().newSkippedSamples();
        TrainingOptions options = rules().checked(this::options);
        checkOptions();
        if (resumed.isPresent() && isOfOtherDefaults(runOptions)) {
            throw rules().wrong(
                            "the run in "
                                    + folder
                                    + " is of an earlier version, whose defaults were others: start"
                                    + " another run, in another folder");
        }
        RunOptions all = recorded(runOptions, options);
        CheckpointPlan plan = rules().checked(() -> checkpoints.plan(folder, all, resumed));
        try (TrainingSetup<S> setup = setUp(data().load(skipped))) {
            RunReport out = report.open(program.terms());
            RunDescription description = description(setup, options);
            out.start(description);
            resumed.filter(checkpoint -> !CheckpointPlan.isFinished(checkpoint))
                    .map(TrainingCheckpoint::position)
                    .ifPresent(out::resume);
            TrainingOutcome outcome = train(setup, options, plan, skipped, out);
            new TestReport("test", outcome.decodings(), outcome.tests())
                    .print(out, folder, "test", skipped);
            new RunPage(name(), description, setup.model(), outcome, skipped).write(folder);
            out.end((System.nanoTime() - start) / 1e9, ProcessMemory.peakMebibytes(), folder);
            setup.reader().finish();
            return CommandLine.ExitCode.OK;
        } catch (NonFiniteStepException e) {
            return printDivergence(e);
        } catch (BatchMemoryException e) {
            return printShortage(e);
        } catch (OutputFileException e) {
            return printUnwritable(e);
        }
    }

    /** Earlier versions did not record these options. */
    private boolean isOfOtherDefaults(RunOptions recorded) {
        return !recorded.has(BatchOptions.BATCH_SIZE)
                || (concatenatedShare() > 0 && !recorded.has(CONCATENATE));
    }

    /** Defaults may be others in a later version, and the replicas on another machine. */
    private RunOptions recorded(RunOptions given, TrainingOptions options) {
        RunOptions all =
                given.with(ReplicaOptions.NAME, options.replicas())
                        .with(TrainingSettings.EPOCHS, options.epochs())
                        .with(BatchOptions.BATCH_SIZE, options.batches().samples())
                        .with(TrainingSettings.LEARNING_RATE, options.learningRate())
                        .with(TrainingSettings.WARM_UP, options.warmUpSteps())
                        .with(TrainingSettings.PATIENCE, options.patience());
        if (spec.findOption(CONSISTENCY) != null) {
            all = all.with(CONSISTENCY, options.consistencyWeight());
        }
        return options.concatenatedShare() > 0
                ? all.with(CONCATENATE, options.concatenatedShare())
                : all;
    }

    private TrainingOptions options() {
        int count = replicas.replicas(settings.batchSize(defaults()), engine.threads(), rules());
        return settings.options(
                defaults(), consistencyWeight(), concatenatedShare(), folder, count);
    }

    private RunDescription description(TrainingSetup<S> setup, TrainingOptions options) {
        RecognitionModel model = setup.model();
        Map<String, String> facts = new LinkedHashMap<>(setup.facts());
        WordErrorUnit.of(model.alphabet()).note().ifPresent(note -> facts.put("errors", note));
        return new RunDescription(
                setup.corpus(),
                facts,
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
            RunReport out)
            throws Exception {
        DecoderTuning.reset(folder);
        RunPage.reset(folder);
        Path auditFile = folder.resolve(TrainingRun.AUDIT_FILE);
        return new TrainingRun<>(
                        setup.corpus(), setup.model(), setup.reader(), options, plan, skipped)
                .run(
                        validation -> tune(setup, validation, out),
                        audit -> out.audit(audit, auditFile),
                        out::concatenated,
                        out::epoch,
                        out::mean);
    }

    private List<Decoding> tune(TrainingSetup<S> setup, EmittedSamples validation, RunReport out)
            throws IOException {
        GreedyDecoder greedy = setup.model().decoder();
        List<String> texts = setup.corpus().train().stream().map(CorpusSample::text).toList();
        TunedDecoder tuned = DecoderTuning.run(folder, greedy, texts, knownWords(), validation);
        out.tuned(tuned);
        List<Decoding> decodings = new ArrayList<>(List.of(Decoding.greedy(greedy)));
        if (tuned.choice() == TunedDecoder.Choice.SEARCH) {
            tuned.search().ifPresent(decodings::add);
        }
        return decodings;
    }

    private String name() {
        return spec.root().name();
    }

    private int printUnwritable(OutputFileException e) throws IOException {
        String remedy =
                checkpoints.isResumable(folder)
                        ? "; when it can be written, go on with "
                                + name()
                                + " train --resume --model "
                                + folder
                        : "";
        printError(e.getMessage() + remedy);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Prints no stack trace, since the message names the origin. */
    private int printDivergence(NonFiniteStepException e) throws IOException {
        boolean ofOneBatch = !e.step().samples().isEmpty();
        String remedy =
                ofOneBatch
                        ? " --on-divergence skip goes on without such batches."
                        : " Try a lower --learning-rate.";
        printError(e.getMessage() + remedy + newRun());
        return CommandLine.ExitCode.SOFTWARE;
    }

    private int printShortage(BatchMemoryException e) throws IOException {
        String limit =
                spec.findOption("--max-seconds") == null
                        ? ""
                        : " --max-seconds leaves long samples out;";
        printError(
                e.getMessage()
                        + ":"
                        + limit
                        + " a lower --batch-size or --max-batch-frames bounds a batch; or give more"
                        + " memory, of Java's by JAVA_OPTS=-Xmx... ."
                        + newRun());
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Says what stands in the way of another run, which options of training may not change. */
    private String newRun() throws IOException {
        return checkpoints.isResumable(folder)
                ? " For that, give another --model, or delete "
                        + CheckpointPlan.folderOf(folder)
                        + " first, which holds checkpoints of this run."
                : "";
    }

    /**
     * Returns the folder of the model.
     *
     * @return the folder, which is there
     */
    protected final Path folder() {
        return folder;
    }

    /**
     * Prints what the user should know on standard error, with the name of the program.
     *
     * @param message one line
     */
    protected final void printError(String message) {
        spec.commandLine().getErr().println(name() + ": " + message);
    }
}
