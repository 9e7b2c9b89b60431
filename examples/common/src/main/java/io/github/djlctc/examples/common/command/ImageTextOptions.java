package io.github.djlctc.examples.common.command;

import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.report.ImageTexts;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The options that say where the texts of images go. */
public final class ImageTextOptions {

    private static final String OUT = "--out";
    private static final String RESUME = "--resume";

    /** The options that change no line of the file. */
    private static final Set<String> FREE =
            Set.of(OUT, RESUME, "--json", "--threads", "--batch", "--strict", "--ignore-unusable");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--json",
            description = "Print JSON, one object an image, with the place of each word in pixels.")
    private boolean json;

    @Option(
            names = OUT,
            paramLabel = "JSONL",
            description = "Write this JSON into a file instead of printing.")
    private Path out;

    @Option(
            names = RESUME,
            description =
                    "Go on with the --out of a run that ended early, of the same images and"
                            + " options.")
    private boolean resume;

    /** Creates the options; picocli sets them. */
    public ImageTextOptions() {}

    /**
     * Rejects options that do not go together.
     *
     * @param images the images to read
     * @throws ParameterException if something is wrong
     * @throws IOException if a file cannot be asked for
     */
    public void check(List<Path> images) throws IOException {
        OptionRules rules = new OptionRules(spec);
        if (out == null) {
            rules.rejectMeaningless("without --out", RESUME);
            return;
        }
        rules.rejectOverwriting(OUT);
        if (Files.isRegularFile(out)) {
            for (Path image : images) {
                if (Files.exists(image) && Files.isSameFile(image, out)) {
                    throw rules.wrong(
                            "--out would overwrite "
                                    + image
                                    + ", which is to be read; write to another file");
                }
            }
        }
    }

    /**
     * Opens the output.
     *
     * @param images the images to read, in their order
     * @param others other files that the texts depend on and that no option names
     * @return the output, to be closed by the caller
     * @throws IOException if a file cannot be created, or what an earlier run left is damaged
     */
    public ImageTexts open(List<Path> images, List<Path> others) throws IOException {
        PrintWriter printed = spec.commandLine().getOut();
        if (out == null) {
            return json ? ImageTexts.json(printed) : ImageTexts.text(printed);
        }
        List<Path> inputs = new ArrayList<>(images);
        inputs.addAll(others);
        String key = RunKey.of(spec, FREE, inputs);
        if (!resume) {
            return ImageTexts.file(out, key);
        }
        ImageTexts texts = ImageTexts.resumed(out, key);
        texts.anewNote().ifPresent(spec.commandLine().getErr()::println);
        return texts;
    }

    /**
     * Starts to show how far reading has come, unless it is seen by what is printed.
     *
     * @param images the number of images
     * @return the progress, to be closed by the caller
     */
    public ConsoleProgress progress(int images) {
        return out == null
                ? ConsoleProgress.silent()
                : ConsoleProgress.start("read", images, "images");
    }
}
