package io.github.djlctc.examples.ocr.model;

import io.github.djlctc.examples.common.image.ColorImage;
import io.github.djlctc.examples.common.image.GreyImage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class TextLineTest {

    private static final int HEIGHT = 48;

    @ParameterizedTest
    @CsvSource({
        "320, 48, 320, 320",
        "321, 48, 321, 352",
        // Rounded up, as PaddleOCR does.
        "100, 32, 150, 160",
        "101, 32, 152, 160",
        "1000, 96, 500, 512",
        "1, 1, 48, 64",
        "1, 300, 1, 32",
        "300, 2, 7200, 7200"
    })
    void keepsTheAspectRatio(int width, int height, int lineWidth, int paddedWidth) {
        TextLine line = TextLine.of(colored(width, height, 0, 0, 0));

        assertThat(line.width()).isEqualTo(lineWidth);
        assertThat(line.paddedWidth()).isEqualTo(paddedWidth);
        assertThat(line.values()).hasSize(3 * HEIGHT * paddedWidth);
    }

    @Test
    void ordersThePrimariesAsOpenCvDoes() {
        TextLine line = TextLine.of(colored(32, 48, 255, 51, 0));

        assertThat(plane(line, 0)).containsOnly(-1);
        assertThat(plane(line, 1)).containsOnly(-0.6f);
        assertThat(plane(line, 2)).containsOnly(1);
    }

    @Test
    void fillsUpWithTheMiddleOfTheScaleOnTheRight() {
        TextLine line = TextLine.of(colored(20, 48, 255, 255, 255));

        for (int row = 0; row < 3 * HEIGHT; row++) {
            float[] values = Arrays.copyOfRange(line.values(), 32 * row, 32 * row + 32);
            assertThat(Arrays.copyOf(values, 20)).containsOnly(1);
            assertThat(Arrays.copyOfRange(values, 20, 32)).containsOnly(0);
        }
    }

    private static float[] plane(TextLine line, int primary) {
        int size = HEIGHT * line.paddedWidth();
        return Arrays.copyOfRange(line.values(), primary * size, (primary + 1) * size);
    }

    private static ColorImage colored(int width, int height, int red, int green, int blue) {
        return new ColorImage(
                shades(width, height, red),
                shades(width, height, green),
                shades(width, height, blue));
    }

    private static GreyImage shades(int width, int height, int shade) {
        byte[] pixels = new byte[width * height];
        Arrays.fill(pixels, (byte) shade);
        return new GreyImage(pixels, width, height);
    }
}
