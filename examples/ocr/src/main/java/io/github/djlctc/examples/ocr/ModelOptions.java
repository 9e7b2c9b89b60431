package io.github.djlctc.examples.ocr;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.examples.common.command.OptionRules;
import io.github.djlctc.examples.common.command.VocabularyOptions;
import io.github.djlctc.examples.ocr.model.OcrModel;
import io.github.djlctc.examples.ocr.model.PretrainedModel;
import io.github.djlctc.text.Alphabet;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The options that choose a model. */
final class ModelOptions {

    private static final String MODEL = "--model";
    private static final String ALPHABET = "--alphabet";
    private static final String SCALE = "--emissions-are";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = MODEL,
            defaultValue = "v4",
            paramLabel = "NAME",
            description =
                    "v4 or v3, for PP-OCRv4 or PP-OCRv3, which come with the program; or an ONNX"
                            + " file: (N, 3, 48, W) in, (N, frames, classes) out (default:"
                            + " ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = ALPHABET,
            paramLabel = "FILE",
            description =
                    "The classes of a model of your own. PaddleOCR's lists need"
                            + " --vocabulary-format paddleocr_space.")
    private Path alphabet;

    @Mixin private VocabularyOptions vocabulary;

    @Option(
            names = SCALE,
            defaultValue = "probabilities",
            paramLabel = "SCALE",
            description =
                    "What the model puts out: ${COMPLETION-CANDIDATES} (default:"
                            + " ${DEFAULT-VALUE}, as PaddleOCR's models).")
    private EmissionScale scale;

    @Option(
            names = "--no-spaces",
            description =
                    "The lines are of a script without spaces, such as Chinese: leave out spaces,"
                            + " and let hotwords and the words of a lexicon stand anywhere.")
    private boolean withoutSpaces;

    EmissionScale scale() {
        return scale;
    }

    /** Rejects what cannot be a model, before anything is read. */
    void check() {
        OptionRules rules = new OptionRules(spec);
        if (pretrained().isPresent()) {
            rules.rejectMeaningless(
                    "with " + MODEL + " " + model,
                    ALPHABET,
                    "--vocabulary-format",
                    "--blank",
                    "--word-delimiter",
                    SCALE);
        } else if (!Files.isRegularFile(Path.of(model))) {
            throw rules.wrong(
                    MODEL + " " + model + ": neither v4 nor v3, and there is no such file");
        } else if (alphabet == null) {
            throw rules.wrong(MODEL + " " + model + " needs its classes: " + ALPHABET);
        }
    }

    OcrModel load() throws IOException {
        Optional<PretrainedModel> pretrained = pretrained();
        return pretrained.isPresent()
                ? pretrained.get().load(classes(PretrainedModel.alphabet()))
                : OcrModel.load(Path.of(model), classes(readAlphabet()));
    }

    private Alphabet readAlphabet() throws IOException {
        Alphabet read;
        try {
            read = vocabulary.read(alphabet);
        } catch (IllegalArgumentException e) {
            throw new OptionRules(spec).wrong(e.getMessage());
        }
        for (String note : vocabulary.notes(alphabet, read)) {
            spec.commandLine().getErr().println(alphabet + ": " + note);
        }
        return read;
    }

    private Alphabet classes(Alphabet all) {
        if (!withoutSpaces) {
            return all;
        }
        List<String> spaces =
                IntStream.range(0, all.size())
                        .filter(id -> id != all.blank())
                        .filter(id -> all.text(id).codePoints().allMatch(ModelOptions::isSpace))
                        .mapToObj(all::token)
                        .toList();
        return all.toBuilder().optNoWordDelimiter().optSpecialTokens(spaces).build();
    }

    /** Tells of Unicode's spaces too, such as that of the width of a Chinese character. */
    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private Optional<PretrainedModel> pretrained() {
        return Arrays.stream(PretrainedModel.values())
                .filter(known -> known.name().equalsIgnoreCase(model))
                .findFirst();
    }
}
