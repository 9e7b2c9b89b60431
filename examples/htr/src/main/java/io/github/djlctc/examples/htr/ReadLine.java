package io.github.djlctc.examples.htr;

import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.examples.common.image.GreyImage;
import io.github.djlctc.examples.common.image.ImageFiles;
import io.github.djlctc.examples.common.picture.LinePicture;
import io.github.djlctc.examples.common.picture.Posteriors;
import io.github.djlctc.examples.htr.image.LineImage;
import io.github.djlctc.examples.htr.model.HtrModel;
import io.github.djlctc.examples.htr.model.ModelSize;
import io.github.djlctc.text.Alphabet;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** The text that was read in an image file. */
final class ReadLine {

    private final Path file;
    private final GreyImage image;
    private final int fileWidth;
    private final int lineWidth;
    private final Posteriors posteriors;
    private final Hypothesis hypothesis;

    private ReadLine(
            Path file,
            GreyImage image,
            int fileWidth,
            int lineWidth,
            Posteriors posteriors,
            Hypothesis hypothesis) {
        this.file = file;
        this.image = image;
        this.fileWidth = fileWidth;
        this.lineWidth = lineWidth;
        this.posteriors = posteriors;
        this.hypothesis = hypothesis;
    }

    static ReadLine of(Path file, HtrModel model, CTCDecoder decoder) throws IOException {
        GreyImage image = ImageFiles.read(file, model.height());
        LineImage line = LineImage.of(image, model.height(), file.toString());
        float[] emissions = model.emissions(line);
        int frames = model.logitFrames(line.width());
        return new ReadLine(
                file,
                image,
                ImageFiles.width(file),
                line.width(),
                new Posteriors(emissions, frames, model.alphabet().size()),
                decoder.decode(emissions, frames));
    }

    Path file() {
        return file;
    }

    Hypothesis hypothesis() {
        return hypothesis;
    }

    /** Returns where a frame begins, in pixels of the file, from the left. */
    long pixel(int frame) {
        return Math.min(fileWidth, Math.round(frame * pixelsPerFrame()));
    }

    private double pixelsPerFrame() {
        return (double) ModelSize.SUBSAMPLING * fileWidth / lineWidth;
    }

    BufferedImage picture(Alphabet alphabet) {
        return new LinePicture(
                        alphabet,
                        file.getFileName().toString(),
                        shades(),
                        (double) lineWidth / ModelSize.SUBSAMPLING,
                        posteriors,
                        hypothesis,
                        FrameScale.pixels(pixelsPerFrame()))
                .draw();
    }

    private BufferedImage shades() {
        BufferedImage shades =
                new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
        shades.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
        return shades;
    }
}
