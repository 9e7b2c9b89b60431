package io.github.djlctc.examples.decode.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Writes pictures. */
public final class PictureFile {

    private PictureFile() {}

    /**
     * Writes a picture as PNG.
     *
     * @param picture the picture
     * @param file the file, replaced if it exists
     * @throws IOException if it cannot be written
     */
    public static void write(BufferedImage picture, Path file) throws IOException {
        // Else ImageIO writes small parts to a temporary file first.
        ImageIO.setUseCache(false);
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(picture, "png", out);
        }
    }
}
