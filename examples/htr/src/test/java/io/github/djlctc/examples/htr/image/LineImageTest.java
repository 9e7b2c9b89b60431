package io.github.djlctc.examples.htr.image;

import io.github.djlctc.examples.common.image.GreyImage;
import io.github.djlctc.examples.common.image.ImageFormatException;
import io.github.djlctc.examples.common.image.ImageFormatException.Problem;
import io.github.djlctc.examples.common.image.ImageLimits;
import io.github.djlctc.examples.common.image.Pictures;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

class LineImageTest {

    @ParameterizedTest
    @CsvSource({"255, 0", "220, 40", "0, 255", "30, 180", "120, 90", "90, 140"})
    void findsPaperAndInk(int paper, int ink) throws ImageFormatException {
        LineImage line = LineImage.of(Pictures.grey(96, 32, paper, ink), 32, "a");

        for (int i = 0; i < 96 * 32; i++) {
            boolean isInk = Pictures.isInk(i % 96, i / 96, 32);
            assertThat(line.ink()[i]).isEqualTo(isInk ? 1 : 0);
        }
    }

    @Test
    void findsTheInkOfASingleDot() throws ImageFormatException {
        byte[] pixels = Pictures.grey(300, 40, 200, 200).pixels();
        for (int i = 0; i < 16; i++) {
            pixels[(20 + i / 4) * 300 + 100 + i % 4] = 60;
        }

        LineImage line = LineImage.of(new GreyImage(pixels, 300, 40), 40, "a");

        assertThat(line.ink()[20 * 300 + 100]).isEqualTo(1);
        assertThat(line.ink()[0]).isZero();
    }

    @Test
    void theGrainOfEmptyPaperIsNoInk() throws ImageFormatException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pixels = new byte[64 * 32];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(198, 203);
        }

        LineImage line = LineImage.of(new GreyImage(pixels, 64, 32), 32, "a");

        for (float ink : line.ink()) {
            assertThat(ink).isBetween(0f, 0.1f);
        }
    }

    @Property(tries = 200, seed = "1")
    void keepsTheAspectRatio(
            @ForAll @IntRange(min = 1, max = 400) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @IntRange(min = 1, max = 64) int newHeight)
            throws ImageFormatException {
        if (width > ImageLimits.MAX_ASPECT_RATIO * height) {
            return;
        }
        LineImage line = LineImage.of(Pictures.grey(width, height, 250, 10), newHeight, "a");

        assertThat(line.height()).isEqualTo(newHeight);
        assertThat(line.width()).isPositive();
        double wanted = width * (double) newHeight / height;
        assertThat((double) line.width()).isCloseTo(Math.max(1, wanted), within(0.501));
        for (float ink : line.ink()) {
            assertThat(ink).isBetween(0f, 1.0001f);
        }
    }

    @Test
    void shrinkingKeepsTheMeanOfTheInk() throws ImageFormatException {
        LineImage line = LineImage.of(Pictures.grey(240, 96, 255, 0), 32, "a");

        // Bars are half of the width and half of the height.
        assertThat(line.width()).isEqualTo(80);
        double sum = 0;
        for (float ink : line.ink()) {
            sum += ink;
        }
        assertThat(sum / line.ink().length).isCloseTo(0.25, within(1e-5));
    }

    @Test
    void enlargingInterpolates() throws ImageFormatException {
        byte[] pixels = {(byte) 255, 0, (byte) 255, (byte) 255, 0, (byte) 255};

        LineImage line = LineImage.of(new GreyImage(pixels, 3, 2), 4, "a");

        assertThat(line.width()).isEqualTo(6);
        float[] row = {0, 0.25f, 0.75f, 0.75f, 0.25f, 0};
        for (int i = 0; i < 24; i++) {
            assertThat(line.ink()[i]).isEqualTo(Math.round(row[i % 6] * 255) / 255f);
        }
    }

    @Test
    void shadesGiveTheSameImageAgain() throws ImageFormatException {
        LineImage line = LineImage.of(Pictures.grey(77, 50, 240, 30), 32, "a");

        LineImage again = LineImage.ofShades(line.toShades(), line.width(), line.height());

        assertThat(again.ink()).containsExactly(line.ink());
        assertThat(LineImage.ofShades(new byte[] {0, 51, -1}, 3, 1).ink())
                .containsExactly(0, 0.2f, 1);
    }

    @Test
    void refusesLinesTooWideForTheirHeight() {
        GreyImage picture = new GreyImage(new byte[201], 201, 1);

        ImageFormatException e =
                catchThrowableOfType(
                        ImageFormatException.class, () -> LineImage.of(picture, 32, "a.png"));

        assertThat(e.problem()).isEqualTo(Problem.TOO_WIDE);
        assertThat(e).hasMessageContaining("a.png").hasMessageContaining("201 x 1");
    }

    @Test
    void checksSizes() {
        assertThatThrownBy(() -> new GreyImage(new byte[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("5 pixels for an image of 2 x 3");
        assertThatThrownBy(() -> new LineImage(new float[0], 0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 values for an image of 0 x 3");
    }
}
