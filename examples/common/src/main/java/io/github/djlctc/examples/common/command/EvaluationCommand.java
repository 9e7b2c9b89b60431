package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.data.Corpus;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.data.Split;
import io.github.djlctc.examples.common.decoding.Decoding;
import io.github.djlctc.examples.common.decoding.ModelDecoder;
import io.github.djlctc.examples.common.report.TestReport;
import io.github.djlctc.examples.common.train.Evaluation;
import io.github.djlctc.examples.common.train.ModelTest;
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
 * The command {@code evaluate} of a program: the errors of a trained model on a split.
 *
 * @param <S> what a sample is
 * @param <M> what a model is
 */
public abstract class EvaluationCommand<S extends CorpusSample, M extends RecognitionModel>
        implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @ParentCommand private TrainingProgram program;

    @Mixin private EngineOptions engine;
    @Mixin private ReportOptions report;

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
                    "What to measure on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Split split;

    @Mixin private DecoderOptions decoder;

    /** Creates the command; picocli sets its options. */
    protected EvaluationCommand() {}

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

    @Override
    public final Integer call() throws Exception {
        decoder.check(folder);
        Optional<RunOptions> run = RunOptions.ofModel(folder);
        List<String> data = run.map(o -> o.missingData(spec.commandLine())).orElse(List.of());
        return data.isEmpty() ? evaluate() : with(data).evaluate();
    }

    /** Returns this command with more options. */
    private EvaluationCommand<?, ?> with(List<String> options) {
        CommandLine root = spec.root().commandLine();
        List<String> arguments = new ArrayList<>(root.getParseResult().originalArgs());
        arguments.addAll(options);
        CommandLine reparsed = program.newCommandLine().setOut(root.getOut()).setErr(root.getErr());
        reparsed.parseArgs(arguments.toArray(String[]::new));
        return reparsed.getSubcommands().get(spec.name()).getCommand();
    }

    private int evaluate() throws Exception {
        engine.apply();
        SkippedSamples skipped = data().newSkippedSamples();
        Corpus<S> corpus = data().loadSplit(split, skipped);
        String name = split.name().toLowerCase(Locale.ROOT);
        try (M model = loadModel(folder)) {
            List<Decoding> decodings = new ArrayList<>(List.of(Decoding.greedy(model.decoder())));
            ModelDecoder chosen = decoder.load(folder, model);
            if (!chosen.isGreedy()) {
                decodings.add(chosen.decoding());
            }
            List<Evaluation> evaluations =
                    new ModelTest<>(model, reader(model), corpus.unit(), skipped)
                            .run(name, corpus.samples(split), decodings);
            new TestReport(name, decodings, evaluations)
                    .print(report.open(program.terms()), folder, "evaluation-" + name, skipped);
        }
        return CommandLine.ExitCode.OK;
    }
}
