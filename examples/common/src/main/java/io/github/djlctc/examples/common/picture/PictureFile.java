package io.github.djlctc.examples.common.picture;

import io.github.djlctc.examples.common.OutputFileException;
import io.github.djlctc.file.AtomicFile;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Writes pictures. */
public final class PictureFile {

    static {
        // By default, ImageIO writes to a temporary file first.
        ImageIO.setUseCache(false);
    }

    private PictureFile() {}

    /**
     * Writes a picture as PNG.
     *
     * @param picture the picture
     * @param file the file, replaced if it exists
     * @throws IOException if it cannot be written
     */
    public static void write(BufferedImage picture, Path file) throws IOException {
        byte[] content = png(picture);
        OutputFileException.guard(file, () -> AtomicFile.write(file, content));
    }

    /**
     * Converts a picture to PNG.
     *
     * @param picture the picture
     * @return the content of a PNG file
     */
    public static byte[] png(BufferedImage picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
