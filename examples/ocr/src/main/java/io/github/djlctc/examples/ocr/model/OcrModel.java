package io.github.djlctc.examples.ocr.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;

import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.text.Alphabet;
import io.github.djlctc.translate.CtcTranslator;
import io.github.djlctc.translate.LengthsInput;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A recogniser of text lines on ONNX Runtime: takes images (N, 3, 48, W) and puts out emissions (N,
 * frames, classes), with a frame for so many columns.
 *
 * <p>ONNX Runtime computes with one thread for each predictor, so that as many predictors as there
 * are cores use all of them. The predictors share the model and may run at the same time.
 */
public final class OcrModel implements AutoCloseable {

    private static final String ENGINE = "OnnxRuntime";

    /** Threads within an operator would wait for each other after every one of them. */
    private static final Map<String, String> ONE_THREAD =
            Map.of("interOpNumThreads", "1", "intraOpNumThreads", "1");

    private static final int TRIAL_WIDTH = 320;

    private final String name;
    private final Model model;
    private final Alphabet alphabet;
    private final double columnsPerFrame;

    /** Runs the model once, to know its classes and frames before anything is read. */
    private OcrModel(String name, Model model, Alphabet alphabet) throws IOException {
        this.name = name;
        this.model = model;
        this.alphabet = alphabet;
        TextLine trial = TextLine.blank(TRIAL_WIDTH);
        columnsPerFrame = (double) TRIAL_WIDTH / emissions(trial).frames();
    }

    /**
     * Loads a model of a file.
     *
     * @param file an ONNX file
     * @param alphabet the classes
     * @return the model
     * @throws IOException if the file cannot be read, or its model takes or puts out something else
     */
    public static OcrModel load(Path file, Alphabet alphabet) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return load(file.toString(), in, alphabet);
        }
    }

    static OcrModel load(String name, InputStream in, Alphabet alphabet) throws IOException {
        Model model = Model.newInstance("ocr", ENGINE);
        try {
            model.load(in, ONE_THREAD);
            return new OcrModel(name, model, alphabet);
        } catch (MalformedModelException e) {
            model.close();
            throw new IOException(
                    name + ": not a model that ONNX Runtime can load: " + reason(e), e);
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Returns what ONNX Runtime says, which may be of several lines, in one. */
    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    /** {@return the classes} */
    public Alphabet alphabet() {
        return alphabet;
    }

    /** {@return how many columns of a {@link TextLine} make a frame; 8 in PaddleOCR's models} */
    public double columnsPerFrame() {
        return columnsPerFrame;
    }

    /**
     * Starts a translator of lines for this model.
     *
     * @param decoder finds the text
     * @return its builder
     */
    public static CtcTranslator.Builder<TextLine> translator(CTCDecoder decoder) {
        return CtcTranslator.<TextLine>builder()
                .setFeatures(OcrModel::features)
                .optTimeDimension(2)
                .optLengths(LengthsInput.NONE)
                .optLayout(EmissionLayout.BATCH_MAJOR)
                .setDecoder(decoder);
    }

    private static NDArray features(NDManager manager, TextLine line) {
        return manager.create(line.values(), new Shape(3, TextLine.HEIGHT, line.paddedWidth()));
    }

    /**
     * Creates a predictor, for one thread.
     *
     * @param <O> what it makes of a line
     * @param translator makes it
     * @return the predictor; close it
     */
    public <O> Predictor<TextLine, O> newPredictor(Translator<TextLine, O> translator) {
        return model.newPredictor(translator);
    }

    /**
     * Computes what the model puts out for a line, for those who want more than its text.
     *
     * @param line the line
     * @return the scores of its frames
     * @throws IOException if the model fails, or puts out something else
     */
    public LineEmissions emissions(TextLine line) throws IOException {
        try (NDManager manager = model.getNDManager().newSubManager();
                Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
            Shape shape = new Shape(1, 3, TextLine.HEIGHT, line.paddedWidth());
            NDList output = predictor.predict(new NDList(manager.create(line.values(), shape)));
            output.attach(manager);
            check(output);
            NDArray scores = output.get(0);
            return new LineEmissions(HostArrays.readFloats(scores), (int) scores.getShape().get(1));
        } catch (TranslateException e) {
            throw new IOException(
                    name
                            + ": the model takes no images of shape (N, 3, 48, W); is it a"
                            + " recogniser? ONNX Runtime says: "
                            + reason(e),
                    e);
        }
    }

    private void check(NDList output) throws IOException {
        Shape shape = output.get(0).getShape();
        if (output.size() != 1 || shape.dimension() != 3 || shape.get(1) < 1) {
            throw new IOException(
                    "%s: the model puts out %d arrays, the first of shape %s, but one of (N, frames, classes) is needed; is it a recogniser?"
                            .formatted(name, output.size(), shape));
        }
        if (shape.get(2) != alphabet.size()) {
            throw new IOException(
                    "%s: the model has %d classes, but the alphabet %d; %s"
                            .formatted(
                                    name,
                                    shape.get(2),
                                    alphabet.size(),
                                    remedyOfClasses(shape.get(2) - alphabet.size())));
        }
    }

    private static String remedyOfClasses(long missing) {
        return missing == 1
                ? "a space behind the others may be missing (--vocabulary-format paddleocr_space);"
                        + " else give its own with --alphabet"
                : "give its own with --alphabet";
    }

    @Override
    public void close() {
        model.close();
    }
}
