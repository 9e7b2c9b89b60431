package io.github.djlctc.examples.ocr;

import ai.djl.translate.Translator;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.UniqueNames;
import io.github.djlctc.examples.common.command.BeamSearchOptions;
import io.github.djlctc.examples.common.command.ImageTextOptions;
import io.github.djlctc.examples.common.command.InputFiles;
import io.github.djlctc.examples.common.command.NamedFileOptions;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.SkippingOptions;
import io.github.djlctc.examples.common.command.WeightOptions;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.picture.PictureFile;
import io.github.djlctc.examples.common.report.ImageTexts;
import io.github.djlctc.examples.ocr.model.OcrModel;
import io.github.djlctc.examples.ocr.model.TextLine;

import com.google.gson.JsonObject;
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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** {@code ocr read}. */
@Command(name = "read", description = "Reads images of text lines.", sortOptions = false)
final class ReadCommand implements Callable<Integer> {

    private static final Set<String> EXTENSIONS =
            Set.of("png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp", "gif");
    private static final int SHOWN_SKIPPED = 5;

    /** Images that each thread has in memory at a time; threads wait for each other after them. */
    private static final int IMAGES_PER_THREAD = 32;

    /** Batches of each thread in memory at a time, at least. */
    private static final int BATCHES_PER_THREAD = 4;

    private static final int MOST_IN_BATCH = 1_000;

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description =
                    "Images of a text line each, or folders of them: PNG, JPEG, TIFF, WebP, BMP or"
                            + " GIF.")
    private List<Path> images;

    @Mixin private ModelOptions modelOptions;
    @Mixin private BeamSearchOptions search;

    @Option(
            names = "--nbest",
            paramLabel = "N",
            description =
                    "Print the N best texts of each image, in JSON under \"nbest\", else a line each"
                            + " (default: the best one).")
    private Integer nBest;

    @Option(
            names = "--batch",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "How many lines of about the same width the model reads at once (default:"
                            + " ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--threads",
            defaultValue = "1",
            paramLabel = "N",
            description =
                    "How many predictors read at the same time, on a core each (default:"
                            + " ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--picture",
            paramLabel = "DIR",
            description =
                    "Draw words and posteriors over each image, into PNG files in this folder.")
    private Path pictures;

    @Mixin private ImageTextOptions output;
    @Mixin private SkippingOptions skipping;
    @Mixin private NamedFileOptions named;

    @Override
    public Integer call() throws Exception {
        check();
        SkippedSamples skipped = skipping.newSkippedSamples();
        InputFiles files = InputFiles.find(images, EXTENSIONS);
        output.check(files.files());
        int read;
        try (OcrModel model = modelOptions.load();
                ImageTexts texts = output.open(files.files(), List.of())) {
            try {
                read = read(model, files.files(), texts, skipped);
            } catch (IOException | RuntimeException e) {
                texts.leftNote().ifPresent(spec.commandLine().getErr()::println);
                throw e;
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        files.leftNote().ifPresent(err::println);
        skipped.summary(SHOWN_SKIPPED).forEach(err::println);
        if (read == 0) {
            throw new IOException("nothing was read");
        }
        return named.exitCode(files, skipped);
    }

    private boolean searches() {
        return search.hasKnowledge() || nBest != null;
    }

    private void check() {
        OptionRules rules = new OptionRules(spec);
        modelOptions.check();
        rules.requireWithin(1, MOST_IN_BATCH, "--batch", batch);
        rules.requireWithin(1, OptionRules.MOST_THREADS, "--threads", threads);
        if (nBest == null) {
            search.rejectWithoutKnowledge();
        } else {
            rules.requireWithin(1, WeightOptions.MOST_HYPOTHESES, "--nbest", nBest);
        }
        search.check();
    }

    /** Returns the number of images that were read, by an earlier run too. */
    private int read(OcrModel model, List<Path> files, ImageTexts texts, SkippedSamples skipped)
            throws IOException, InterruptedException {
        UniqueNames names = new UniqueNames("-");
        List<Path> left = new ArrayList<>();
        for (Path file : files) {
            if (texts.passesOver(file)) {
                pictureName(file, names);
            } else {
                left.add(file);
            }
        }
        LineOutput lines = line -> show(line, model, names, texts);
        int read =
                searches()
                        ? search(model, left, lines, skipped)
                        : greedy(model, left, lines, skipped);
        int all = texts.passedOver() + read;
        if (all > 0) {
            texts.finish();
        }
        return all;
    }

    /** Takes what was read in an image. */
    private interface LineOutput {

        void accept(ReadLine line) throws IOException;
    }

    private int greedy(OcrModel model, List<Path> files, LineOutput lines, SkippedSamples skipped)
            throws IOException, InterruptedException {
        GreedyDecoder decoder = new GreedyDecoder(model.alphabet(), modelOptions.scale());
        Translator<TextLine, Hypothesis> translator = OcrModel.translator(decoder).build();
        return readAll(model, translator, List::of, files, lines, skipped).size();
    }

    private int search(OcrModel model, List<Path> files, LineOutput lines, SkippedSamples skipped)
            throws IOException, InterruptedException {
        BeamSearchDecoder decoder =
                search.decoder(
                        model.alphabet(),
                        builder -> {
                            builder.optEmissionScale(modelOptions.scale());
                            if (nBest != null) {
                                builder.optNBest(nBest);
                            }
                        });
        Translator<TextLine, BeamSearchResult> translator =
                OcrModel.translator(decoder).buildNBest();
        List<Hypothesis> best =
                readAll(model, translator, BeamSearchResult::nBest, files, lines, skipped);
        decoder.coverage(best).ifPresent(search::warnOfUnknown);
        return best.size();
    }

    /** Reads and shows a number of images at a time; returns the best text of each. */
    private <O> List<Hypothesis> readAll(
            OcrModel model,
            Translator<TextLine, O> translator,
            Function<O, List<Hypothesis>> nBestOf,
            List<Path> files,
            LineOutput lines,
            SkippedSamples skipped)
            throws IOException, InterruptedException {
        List<Hypothesis> best = new ArrayList<>();
        int window = threads * Math.max(IMAGES_PER_THREAD, BATCHES_PER_THREAD * batch);
        try (LineReader<O> reader = new LineReader<>(model, translator, batch, threads);
                ConsoleProgress progress = output.progress(files.size())) {
            for (int from = 0; from < files.size(); from += window) {
                int to = Math.min(from + window, files.size());
                List<LineFile> loaded = reader.load(files.subList(from, to), skipped);
                List<O> results = reader.read(loaded.stream().map(LineFile::line).toList());
                for (int i = 0; i < loaded.size(); i++) {
                    ReadLine line =
                            new ReadLine(
                                    loaded.get(i),
                                    model.columnsPerFrame(),
                                    nBestOf.apply(results.get(i)));
                    lines.accept(line);
                    best.add(line.best());
                }
                progress.stepBy(to - from);
            }
        }
        return best;
    }

    /** Draws before it writes: what is written is not done again. */
    private void show(ReadLine line, OcrModel model, UniqueNames names, ImageTexts texts)
            throws IOException {
        Path file = line.image().file();
        if (pictures != null) {
            Files.createDirectories(pictures);
            PictureFile.write(
                    line.picture(model, modelOptions.scale()),
                    pictures.resolve(pictureName(file, names)));
        }
        texts.write(file, line.nBest().stream().map(Hypothesis::text).toList(), object(line));
        if (line.best().isNothing()) {
            warn(file, "nothing that the lexicon permits fits it, so its text is empty");
        } else if (line.best().text().isEmpty() && line.image().isHigherThanWide()) {
            warn(
                    file,
                    "nothing is read in it, and it is higher than wide; a line that runs downwards"
                            + " must be turned first");
        }
    }

    private static String pictureName(Path file, UniqueNames names) {
        return names.take(file.getFileName().toString(), ".png");
    }

    private void warn(Path file, String problem) {
        spec.commandLine()
                .getErr()
                .println("warning: " + Printable.line(file.toString()) + ": " + problem);
    }

    private JsonObject object(ReadLine line) {
        JsonObject object = line.toJson();
        if (nBest != null) {
            object.add("nbest", line.nBestToJson());
        }
        return object;
    }
}
