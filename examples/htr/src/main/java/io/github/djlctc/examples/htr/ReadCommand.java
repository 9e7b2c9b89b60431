package io.github.djlctc.examples.htr;

import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.Printable;
import io.github.djlctc.examples.common.SkippedSamples;
import io.github.djlctc.examples.common.UniqueNames;
import io.github.djlctc.examples.common.command.DecoderOptions;
import io.github.djlctc.examples.common.command.EngineOptions;
import io.github.djlctc.examples.common.command.ImageTextOptions;
import io.github.djlctc.examples.common.command.InputFiles;
import io.github.djlctc.examples.common.command.NamedFileOptions;
import io.github.djlctc.examples.common.command.SkippingOptions;
import io.github.djlctc.examples.common.console.ConsoleProgress;
import io.github.djlctc.examples.common.decoding.KnownWords;
import io.github.djlctc.examples.common.image.ImageFormatException;
import io.github.djlctc.examples.common.picture.PictureFile;
import io.github.djlctc.examples.common.report.ImageTexts;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.htr.model.HtrModel;

import com.google.gson.JsonArray;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** {@code htr read}. */
@Command(name = "read", description = "Reads images of text lines.", sortOptions = false)
final class ReadCommand implements Callable<Integer> {

    private static final Set<String> EXTENSIONS =
            Set.of("png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp", "gif");
    private static final int SHOWN_SKIPPED = 5;

    @Spec private CommandSpec spec;

    @Mixin private EngineOptions engine;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description =
                    "Images of a text line each, or folders of them: PNG, JPEG, TIFF, WebP, BMP or"
                            + " GIF.")
    private List<Path> images;

    @Option(
            names = "--model",
            defaultValue = "htr-model",
            paramLabel = "DIR",
            description = "The model (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Mixin private DecoderOptions decoderOptions;

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
        decoderOptions.check(folder);
        SkippedSamples skipped = skipping.newSkippedSamples();
        InputFiles files = InputFiles.find(images, EXTENSIONS);
        output.check(files.files());
        engine.apply();
        int read;
        try (HtrModel model = HtrModel.load(folder);
                ImageTexts texts = output.open(files.files(), modelFiles())) {
            try {
                read = read(files.files(), model, texts, skipped);
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

    private List<Path> modelFiles() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Returns the number of images that were read, by an earlier run too. */
    private int read(List<Path> files, HtrModel model, ImageTexts texts, SkippedSamples skipped)
            throws IOException {
        CTCDecoder decoder = decoderOptions.load(folder, model).decoder();
        KnownWords known = new KnownWords(decoder);
        UniqueNames names = new UniqueNames("-");
        int read = 0;
        try (ConsoleProgress progress = output.progress(files.size())) {
            for (Path file : files) {
                if (texts.passesOver(file)) {
                    pictureName(file, names);
                    read++;
                } else {
                    try {
                        ReadLine line = ReadLine.of(file, model, decoder);
                        show(line, model, names, texts);
                        known.add(List.of(line.hypothesis()));
                        read++;
                    } catch (ImageFormatException e) {
                        skipped.add(file.toString(), e.reason(), e.detail());
                    }
                }
                progress.step();
            }
        }
        if (read > 0) {
            texts.finish();
        }
        decoderOptions.warnOfUnknown(known);
        return read;
    }

    /** Draws before it writes: what is written is not done again. */
    private void show(ReadLine line, HtrModel model, UniqueNames names, ImageTexts texts)
            throws IOException {
        if (pictures != null) {
            Files.createDirectories(pictures);
            PictureFile.write(
                    line.picture(model.alphabet()),
                    pictures.resolve(pictureName(line.file(), names)));
        }
        texts.write(line.file(), List.of(line.hypothesis().text()), object(line));
        warnIfNothing(line);
    }

    private static String pictureName(Path file, UniqueNames names) {
        return names.take(file.getFileName().toString(), ".png");
    }

    private void warnIfNothing(ReadLine line) {
        if (line.hypothesis().isNothing()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "warning: "
                                    + Printable.line(line.file().toString())
                                    + ": nothing that the lexicon permits fits it, so its text is"
                                    + " empty");
        }
    }

    private static JsonObject object(ReadLine line) {
        Hypothesis hypothesis = line.hypothesis();
        JsonObject object = new JsonObject();
        object.addProperty("image", line.file().toString());
        object.addProperty("text", hypothesis.text());
        object.add("score", JsonOutput.number(hypothesis.score()));
        JsonArray words = new JsonArray();
        for (WordSpan word : hypothesis.words()) {
            JsonObject span = new JsonObject();
            span.addProperty("word", word.word());
            span.addProperty("left", line.pixel(word.startFrame()));
            span.addProperty("right", line.pixel(word.endFrame()));
            span.add("confidence", JsonOutput.number(word.confidence()));
            words.add(span);
        }
        object.add("words", words);
        return object;
    }
}
