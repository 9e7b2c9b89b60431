package io.github.djlctc.examples.ocr;

import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.picture.LinePicture;
import io.github.djlctc.examples.common.picture.Posteriors;
import io.github.djlctc.examples.common.report.JsonOutput;
import io.github.djlctc.examples.ocr.model.LineEmissions;
import io.github.djlctc.examples.ocr.model.OcrModel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/**
 * What was read in an image file.
 *
 * @param image the image
 * @param columnsPerFrame how many columns of the prepared line make a frame
 * @param nBest the hypotheses, the best first; one or more
 */
record ReadLine(LineFile image, double columnsPerFrame, List<Hypothesis> nBest) {

    Hypothesis best() {
        return nBest.get(0);
    }

    private double pixelsPerFrame() {
        return columnsPerFrame * image.width() / image.line().width();
    }

    /** Returns where a frame begins, in pixels of the file, from the left. */
    private long pixel(int frame) {
        return Math.min(image.width(), Math.round(frame * pixelsPerFrame()));
    }

    JsonObject toJson() {
        JsonObject object = new JsonObject();
        object.addProperty("image", image.file().toString());
        object.addProperty("text", best().text());
        object.add("score", JsonOutput.number(best().score()));
        JsonArray words = new JsonArray();
        for (WordSpan word : best().words()) {
            JsonObject span = new JsonObject();
            span.addProperty("word", word.word());
            span.addProperty("left", pixel(word.startFrame()));
            span.addProperty("right", pixel(word.endFrame()));
            span.add("confidence", JsonOutput.number(word.confidence()));
            words.add(span);
        }
        object.add("words", words);
        return object;
    }

    JsonArray nBestToJson() {
        JsonArray list = new JsonArray();
        for (Hypothesis hypothesis : nBest) {
            JsonObject entry = new JsonObject();
            entry.addProperty("text", hypothesis.text());
            entry.add("score", JsonOutput.number(hypothesis.score()));
            entry.add("acoustic", JsonOutput.number(hypothesis.acousticScore()));
            entry.add("lm", JsonOutput.number(hypothesis.languageModelScore()));
            list.add(entry);
        }
        return list;
    }

    /**
     * Draws the words over the line, and under it the posteriors, for which the model runs again.
     */
    BufferedImage picture(OcrModel model, EmissionScale scale) throws IOException {
        LineEmissions emissions = model.emissions(image.line());
        int classes = model.alphabet().size();
        float[] logits = scale.toLogits(emissions.scores(), emissions.frames(), classes);
        return new LinePicture(
                        model.alphabet(),
                        image.file().getFileName().toString(),
                        image.picture(),
                        image.line().width() / columnsPerFrame,
                        new Posteriors(logits, emissions.frames(), classes),
                        best(),
                        FrameScale.pixels(pixelsPerFrame()))
                .draw();
    }
}
