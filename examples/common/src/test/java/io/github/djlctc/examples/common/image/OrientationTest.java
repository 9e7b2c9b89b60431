package io.github.djlctc.examples.common.image;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Pictures are turned as their files say: TIFF 6.0, tag 274. */
class OrientationTest {

    @TempDir Path folder;

    /** The upright picture is "abc" over "def"; what a file holds is as the specification says. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, abcdef",
        "2, 3, cbafed",
        "3, 3, fedcba",
        "4, 3, defabc",
        "5, 2, adbecf",
        "6, 2, cfbead",
        "7, 2, fcebda",
        "8, 2, daebfc",
    })
    void turnsTiff(int orientation, int width, String stored) throws IOException {
        byte[] pixels = stored.getBytes(StandardCharsets.US_ASCII);
        GreyImage held = new GreyImage(pixels, width, pixels.length / width);
        Path file = folder.resolve("a.tiff");
        Files.write(file, OrientedFiles.tiff(held, orientation));

        GreyImage image = ImageFiles.read(file, 2);

        assertThat(new String(image.pixels(), StandardCharsets.US_ASCII)).isEqualTo("abcdef");
        assertThat(image.width()).isEqualTo(3);
        assertThat(ImageFiles.width(file)).isEqualTo(3);
    }

    @Test
    void turnsPhotographs() throws IOException {
        BufferedImage bars = Pictures.ofType(BufferedImage.TYPE_BYTE_GRAY, 96, 32);
        BufferedImage held = new BufferedImage(32, 96, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < 96; y++) {
            for (int x = 0; x < 32; x++) {
                // The camera was turned to the right: what is up is on the left of the file.
                held.getRaster().setSample(x, y, 0, bars.getRaster().getSample(95 - y, x, 0));
            }
        }
        Path file = Files.write(folder.resolve("a.jpg"), OrientedFiles.jpeg(held, 6));

        assertBars(ImageFiles.read(file, 32), 40);
        assertThat(ImageFiles.width(file)).isEqualTo(96);
    }

    @Test
    void turnsWebP() throws IOException {
        Path file = Files.write(folder.resolve("a.webp"), OrientedFiles.webP());

        assertBars(ImageFiles.read(file, 32), 0);
        assertBars(ImageFiles.read(OrientedFiles.webP(), file, 32), 0);
    }

    @Test
    void checksTheUprightPicture() throws IOException {
        GreyImage narrow = new GreyImage(new byte[300], 1, 300);
        Path upright = Files.write(folder.resolve("a.tiff"), OrientedFiles.tiff(narrow, 1));
        Path turned = Files.write(folder.resolve("b.tiff"), OrientedFiles.tiff(narrow, 6));

        ImageFiles.checkHeader(upright);
        assertThat(catchThrowable(() -> ImageFiles.checkHeader(turned)))
                .hasMessageContaining("image too wide for its height: 300 x 1 pixels");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 65535})
    void takesInvalidValuesForUpright(int orientation) throws IOException {
        GreyImage held = new GreyImage(new byte[] {1, 2, 3, 4, 5, 6}, 3, 2);
        Path file = Files.write(folder.resolve("a.tiff"), OrientedFiles.tiff(held, orientation));

        assertThat(ImageFiles.read(file, 2).pixels()).isEqualTo(held.pixels());
    }

    private static void assertBars(GreyImage image, int tolerance) {
        assertThat(image.width()).isEqualTo(96);
        for (int i = 0; i < image.pixels().length; i++) {
            boolean ink = Pictures.isInk(i % 96, i / 96, 32);
            int shade = image.pixels()[i] & 0xFF;
            assertThat(Math.abs(shade - (ink ? Pictures.INK : Pictures.PAPER)))
                    .isLessThanOrEqualTo(tolerance);
        }
    }
}
