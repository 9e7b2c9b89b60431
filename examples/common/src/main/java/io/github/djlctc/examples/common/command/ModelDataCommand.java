package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.common.train.RecognitionModel;
import io.github.djlctc.examples.common.train.SampleReader;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A command that runs a trained model on a split: of the data of its options, or else of those that
 * it was trained with.
 *
 * @param <S> what a sample is
 * @param <M> what a model is
 */
public abstract class ModelDataCommand<S extends CorpusSample, M extends RecognitionModel>
        implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @ParentCommand private TrainingProgram program;

    @Mixin private EngineOptions engine;

    @Option(
            names = "--model",
            defaultValue = "${ROOT-COMMAND-NAME}-model",
            paramLabel = "DIR",
            description = "The model (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
            names = "--split",
            defaultValue = "test",
            paramLabel = "SPLIT",
            description =
                    "What to run it on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Split split;

    /** Creates the command; picocli sets its options. */
    protected ModelDataCommand() {}

    /**
     * Returns the options that choose the data.
     *
     * @return the options, set
     */
    protected abstract DataSource<S> data();

    /**
     * Loads the model.
     *
     * @param folder its folder
     * @return the model, closed at the end
     * @throws IOException if there is no usable model
     */
    protected abstract M loadModel(Path folder) throws IOException;

    /**
     * Returns the reader of the samples.
     *
     * @param model the model that is given them
     * @return the reader
     */
    protected abstract SampleReader<S> reader(M model);

    /**
     * Rejects options before anything is read.
     *
     * @param folder the folder of the model
     * @throws IOException if a file of the folder is damaged
     */
    abstract void check(Path folder) throws IOException;

    /** Does what the command is for. */
    abstract void run(ModelOnSplit<S, M> task) throws Exception;

    /**
     * A model, and what it is run on.
     *
     * @param folder the folder of the model
     * @param model the model
     * @param reader reads the samples
     * @param split the name of the split
     * @param unit what the samples are called
     * @param samples the samples of the split
     * @param skipped takes those that cannot be used
     */
    record ModelOnSplit<S extends CorpusSample, M extends RecognitionModel>(
            Path folder,
            M model,
            SampleReader<S> reader,
            String split,
            String unit,
            List<S> samples,
            SkippedSamples skipped) {}

    final TrainingProgram program() {
        return program;
    }

    final CommandSpec spec() {
        return spec;
    }

    @Override
    public final Integer call() throws Exception {
        check(folder);
        Optional<RunOptions> run = RunOptions.ofModel(folder);
        List<String> data = run.map(o -> o.missingData(spec.commandLine())).orElse(List.of());
        if (data.isEmpty()) {
            load();
        } else {
            with(data).load();
        }
        return CommandLine.ExitCode.OK;
    }

    /** Returns this command with more options. */
    private ModelDataCommand<?, ?> with(List<String> options) {
        CommandLine root = spec.root().commandLine();
        List<String> arguments = new ArrayList<>(root.getParseResult().originalArgs());
        arguments.addAll(options);
        CommandLine reparsed = program.newCommandLine().setOut(root.getOut()).setErr(root.getErr());
        reparsed.parseArgs(arguments.toArray(String[]::new));
        return reparsed.getSubcommands().get(spec.name()).getCommand();
    }

    private void load() throws Exception {
        engine.apply();
        SkippedSamples skipped = data().newSkippedSamples();
        Corpus<S> corpus = data().loadSplit(split, skipped);
        String name = split.name().toLowerCase(Locale.ROOT);
        try (M model = loadModel(folder)) {
            run(
                    new ModelOnSplit<>(
                            folder,
                            model,
                            reader(model),
                            name,
                            corpus.unit(),
                            corpus.samples(split),
                            skipped));
        }
    }
}
