package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.examples.common.data.CorpusSample;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.common.train.ModelEmissions;
import io.github.djlctc.examples.common.train.RecognitionModel;
import io.github.djlctc.file.AtomicFile;
import io.github.djlctc.numpy.NpzWriter;

import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The command {@code emissions} of a program: what a trained model gives for the samples of a
 * split, for {@code ctc-decode} and other decoders.
 *
 * @param <S> what a sample is
 * @param <M> what a model is
 */
@Command(
        description =
                "Writes what a trained model gives for the samples of a split, for ctc-decode. Options"
                        + " of the data that are not given are those that it was trained with.",
        sortOptions = false)
public abstract class EmissionsCommand<S extends CorpusSample, M extends RecognitionModel>
        extends ModelDataCommand<S, M> {

    private static final String EMISSIONS = "emissions.npz";
    private static final String ALPHABET = "alphabet.json";
    private static final String REFERENCES = "refs.jsonl";
    private static final int SHOWN_SKIPPED = 5;

    @Parameters(
            paramLabel = "DIR",
            description =
                    "The folder to write: emissions.npz, with the logits (frames, classes) of each"
                            + " sample, alphabet.json and refs.jsonl, which \"ctc-decode\" reads as"
                            + " --emissions, --alphabet and --refs.")
    private Path target;

    @Option(names = "--json", description = "Print JSON, one object a line.")
    private boolean json;

    /** Creates the command; picocli sets its options. */
    protected EmissionsCommand() {}

    @Override
    final void check(Path folder) throws IOException {
        if (Files.exists(target) && !Files.isDirectory(target)) {
            throw new OptionRules(spec()).wrong(target + " is a file; name a folder to write");
        }
    }

    @Override
    final void run(ModelOnSplit<S, M> task) throws Exception {
        OutputFileException.guard(target, () -> Files.createDirectories(target));
        M model = task.model();
        Path alphabet = target.resolve(ALPHABET);
        OutputFileException.guard(
                alphabet, () -> AtomicFile.writeString(alphabet, model.alphabet().toJson() + "\n"));
        Path emissions = target.resolve(EMISSIONS);
        Written written = new Written();
        try (NpzWriter writer = NpzWriter.create(emissions)) {
            int classes = model.alphabet().size();
            new ModelEmissions<>(model, task.reader(), task.unit(), task.skipped())
                    .run(
                            task.split(),
                            task.samples(),
                            (id, text, logits) -> {
                                int frames = logits.length / classes;
                                OutputFileException.guard(
                                        emissions, () -> writer.write(id, logits, frames, classes));
                                written.add(id, text, frames);
                            });
            OutputFileException.guard(emissions, writer::finish);
        }
        Path references = target.resolve(REFERENCES);
        OutputFileException.guard(
                references, () -> AtomicFile.writeString(references, written.lines.toString()));
        task.skipped().summary(SHOWN_SKIPPED).forEach(spec().commandLine().getErr()::println);
        print(task, written);
    }

    private void print(ModelOnSplit<S, M> task, Written written) {
        PrintWriter out = spec().commandLine().getOut();
        int classes = task.model().alphabet().size();
        if (json) {
            JsonObject event = JsonOutput.event("emissions");
            event.addProperty("split", task.split());
            event.addProperty("samples", written.samples);
            event.addProperty("frames", written.frames);
            event.addProperty("classes", classes);
            event.addProperty("folder", target.toString());
            out.println(JsonOutput.line(event));
        } else {
            out.printf(
                    Locale.ROOT,
                    "%s: %d %s, %d frames of %d classes in %s%n",
                    task.split(),
                    written.samples,
                    task.unit(),
                    written.frames,
                    classes,
                    target);
            out.printf(
                    "Decode with: ctc-decode decode --emissions %s --alphabet %s --refs %s%n",
                    target.resolve(EMISSIONS),
                    target.resolve(ALPHABET),
                    target.resolve(REFERENCES));
        }
        out.flush();
    }

    /** What was written so far. */
    private static final class Written {

        private final StringBuilder lines = new StringBuilder();
        private int samples;
        private long frames;

        void add(String id, String text, int more) {
            JsonObject line = new JsonObject();
            line.addProperty("utt", id);
            line.addProperty("text", text);
            lines.append(JsonOutput.line(line)).append('\n');
            samples++;
            frames += more;
        }
    }
}
