package io.github.djlctc.examples.common.image;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes changed at random give an image or the typed error: nothing else, and no hang. */
class ImageFuzzTest {

    @Property(tries = 400, seed = "1")
    void changedPng(@ForAll @Size(min = 1, max = 3) List<@IntRange(max = 1 << 30) Integer> changes)
            throws IOException {
        readChanged("png", changes, 80);
    }

    @Property(tries = 400, seed = "1")
    void changedJpeg(@ForAll @Size(min = 1, max = 3) List<@IntRange(max = 1 << 30) Integer> changes)
            throws IOException {
        readChanged("jpeg", changes, 640);
    }

    @Property(tries = 400, seed = "1")
    void changedTiff(@ForAll @Size(min = 1, max = 3) List<@IntRange(max = 1 << 30) Integer> changes)
            throws IOException {
        readChanged("tiff", changes, 200);
    }

    @Property(tries = 400, seed = "1")
    void changedBmp(@ForAll @Size(min = 1, max = 3) List<@IntRange(max = 1 << 30) Integer> changes)
            throws IOException {
        readChanged("bmp", changes, 80);
    }

    @Property(tries = 400, seed = "1")
    void changedGif(@ForAll @Size(min = 1, max = 3) List<@IntRange(max = 1 << 30) Integer> changes)
            throws IOException {
        readChanged("gif", changes, 900);
    }

    @Property(tries = 400, seed = "1")
    void changedWebP(@ForAll @Size(min = 1, max = 3) List<@IntRange(max = 1 << 30) Integer> changes)
            throws IOException {
        readChanged(Pictures.webP(), changes, 200);
    }

    @Property(tries = 400, seed = "1")
    void changedExif(@ForAll @Size(min = 1, max = 3) List<@IntRange(max = 1 << 30) Integer> changes)
            throws IOException {
        BufferedImage picture = Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY, 40, 20);
        readChanged(OrientedFiles.jpeg(picture, 6), changes, 40);
    }

    private static void readChanged(String format, List<Integer> changes, int range)
            throws IOException {
        BufferedImage picture = Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY, 40, 20);
        readChanged(Pictures.bytes(picture, format), changes, range);
    }

    private static void readChanged(byte[] bytes, List<Integer> changes, int range)
            throws IOException {
        Path file = Files.createTempFile("fuzz", ".image");
        try {
            for (int change : changes) {
                bytes[change / 256 % Math.min(range, bytes.length)] = (byte) change;
            }
            GreyImage image = ImageFiles.read(Files.write(file, bytes), 32);
            assertThat(image.pixels()).hasSize(image.width() * image.height());
        } catch (ImageFormatException e) {
            assertThat(e).hasMessageContaining(e.problem().toString());
        } finally {
            Files.delete(file);
        }
    }
}
