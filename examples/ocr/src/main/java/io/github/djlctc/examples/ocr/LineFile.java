package io.github.djlctc.examples.ocr;

import io.github.djlctc.examples.common.image.ColorImage;
import io.github.djlctc.examples.common.image.ImageFiles;
import io.github.djlctc.examples.ocr.model.TextLine;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An image file, and its line as the model takes it.
 *
 * @param file the file
 * @param width the number of columns of its upright picture
 * @param line the line
 */
record LineFile(Path file, int width, TextLine line) {

    static LineFile read(Path file) throws IOException {
        ColorImage image = ImageFiles.readColor(file, TextLine.HEIGHT);
        return new LineFile(file, ImageFiles.width(file), TextLine.of(image));
    }

    boolean isHigherThanWide() {
        return line.width() < TextLine.HEIGHT;
    }

    /** Returns the picture to draw on, read anew. */
    BufferedImage picture() throws IOException {
        ColorImage image = ImageFiles.readColor(file, TextLine.HEIGHT);
        int width = image.width();
        BufferedImage picture =
                new BufferedImage(width, image.height(), BufferedImage.TYPE_INT_RGB);
        byte[] red = image.red().pixels();
        byte[] green = image.green().pixels();
        byte[] blue = image.blue().pixels();
        for (int i = 0; i < red.length; i++) {
            int colour = (red[i] & 0xFF) << 16 | (green[i] & 0xFF) << 8 | (blue[i] & 0xFF);
            picture.setRGB(i % width, i / width, colour);
        }
        return picture;
    }
}
