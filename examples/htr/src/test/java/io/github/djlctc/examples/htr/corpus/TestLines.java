package io.github.djlctc.examples.htr.corpus;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Images of lines for corpora in a test's folder. */
public final class TestLines {

    private TestLines() {}

    /** Writes an image of 64 x 16 white pixels with a black bar. */
    public static Path write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        BufferedImage image = new BufferedImage(64, 16, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 64; x++) {
            for (int y = 0; y < 16; y++) {
                image.setRGB(x, y, x >= 20 && x < 24 ? 0 : 0xFFFFFF);
            }
        }
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
