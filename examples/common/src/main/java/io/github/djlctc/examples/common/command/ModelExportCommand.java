package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.decoding.ModelDecoder;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.common.serving.ExportedFolder;
import io.github.djlctc.examples.common.serving.ServedModel;
import io.github.djlctc.examples.common.serving.ServingArguments;
import io.github.djlctc.examples.common.train.RecognitionModel;

import com.google.gson.JsonObject;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The command {@code export} of a program: a folder that DJL loads by itself, and that decodes as
 * the model's folder says, unless options say otherwise.
 *
 * @param <M> what a model is
 */
@Command(
        description = "Writes a folder that DJL and DJL Serving load, with all that it needs.",
        sortOptions = false)
public abstract class ModelExportCommand<M extends RecognitionModel> implements Callable<Integer> {

    private static final String N_BEST = "--nbest";

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            description = "The folder to write: a new one, an empty one, or an earlier export.")
    private Path target;

    @Option(
            names = "--model",
            defaultValue = "${ROOT-COMMAND-NAME}-model",
            paramLabel = "DIR",
            description = "The model to export (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Mixin private DecoderOptions decoder;

    @Option(
            names = N_BEST,
            paramLabel = "N",
            description =
                    "Answer with the best N hypotheses, found by beam search (default: the best"
                            + " one).")
    private Integer nBest;

    @Option(names = "--json", description = "Print JSON, one object a file.")
    private boolean json;

    /** Creates the command; picocli sets its options. */
    protected ModelExportCommand() {}

    /**
     * Loads the model.
     *
     * @param folder its folder
     * @return the model, closed at the end
     * @throws IOException if there is no usable model
     */
    protected abstract M loadModel(Path folder) throws IOException;

    /**
     * Says what DJL has to know of the model.
     *
     * @param model the model
     * @return its factories
     * @throws IOException if the model cannot be served
     */
    protected abstract ServedModel served(M model) throws IOException;

    @Override
    public final Integer call() throws Exception {
        check();
        ServingArguments arguments = new ServingArguments();
        decoder.addTo(arguments, folder);
        arguments.add("ctc.nBest", nBest);
        rejectOverwriting(arguments);
        ExportedFolder export = ExportedFolder.at(target);
        try (M model = loadModel(folder)) {
            ServedModel served = served(model);
            // Reads and checks all files.
            ModelDecoder chosen = decoder.load(folder, model);
            if (nBest != null) {
                new OptionRules(spec).set(N_BEST, nBest, n -> nBest(chosen, n));
            }
            boolean searches = nBest != null || !chosen.isGreedy();
            arguments.add("ctc.decoder", searches ? "beam_search" : "greedy");
            List<String> words = chosen.extendedLexicon();
            if (!words.isEmpty()) {
                String lines = String.join("\n", words) + "\n";
                arguments.addText("ctc.lexicon", lines, "lexicon.txt");
            }
            print(export.write(folder, model.alphabet(), served, arguments));
        }
        return CommandLine.ExitCode.OK;
    }

    private static void nBest(ModelDecoder chosen, int length) {
        chosen.search(List.of(), builder -> builder.optNBest(length));
    }

    private void check() throws IOException {
        if (nBest == null) {
            decoder.check(folder);
        } else {
            new OptionRules(spec).requireWithin(1, WeightOptions.MOST_HYPOTHESES, N_BEST, nBest);
            decoder.checkSearch(folder, N_BEST);
        }
    }

    private void rejectOverwriting(ServingArguments arguments) throws IOException {
        List<Path> inputs = new ArrayList<>(arguments.files());
        for (Path input : inputs) {
            if (Files.exists(input) && !Files.isRegularFile(input)) {
                throw new OptionRules(spec)
                        .wrong(input + " is not a regular file, and cannot be copied");
            }
        }
        inputs.add(folder);
        Optional<Path> inside = ExportedFolder.findInside(target, inputs);
        if (inside.isPresent()) {
            throw new OptionRules(spec)
                    .wrong(
                            "export into %s would overwrite %s, which is exported; name another folder"
                                    .formatted(target, inside.get()));
        }
    }

    private void print(List<Path> files) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (Path file : files) {
            if (json) {
                JsonObject event = JsonOutput.event("file");
                event.addProperty("file", file.toString());
                event.addProperty("bytes", Files.size(file));
                out.println(JsonOutput.line(event));
            } else {
                out.println(file);
            }
        }
        out.flush();
    }
}
