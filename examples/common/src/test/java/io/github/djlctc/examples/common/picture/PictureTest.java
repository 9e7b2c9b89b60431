package io.github.djlctc.examples.common.picture;

import io.github.djlctc.align.Alignment;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.examples.common.FrameScale;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PictureTest {

    private static HeatMap heatMap(double[][] values) {
        HeatMap.Axis x = new HeatMap.Axis("x", "across", ticks(values[0].length));
        HeatMap.Axis y = new HeatMap.Axis("y", "up", ticks(values.length));
        return new HeatMap("Title", x, y, new HeatMap.Cell(0, 0), "%", values);
    }

    private static List<String> ticks(int count) {
        List<String> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ticks.add(Integer.toString(i));
        }
        return ticks;
    }

    private static int count(BufferedImage picture, Color color) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                if (picture.getRGB(x, y) == color.getRGB()) {
                    count++;
                }
            }
        }
        return count;
    }

    @Test
    void heatMapsColourTheLeastValueLightest() {
        BufferedImage picture = heatMap(new double[][] {{1, 2}, {3, 4}}).draw();

        Color least = ColorScale.VIOLET_TO_YELLOW.color(1);
        Color most = ColorScale.VIOLET_TO_YELLOW.color(0);
        assertThat(count(picture, least)).isGreaterThan(5000);
        assertThat(count(picture, most)).isGreaterThan(5000);
        assertThat(ColorScale.textOn(least)).isEqualTo(Color.BLACK);
        assertThat(ColorScale.textOn(most)).isEqualTo(Color.WHITE);
    }

    @Test
    void heatMapsOfEqualValuesAndManyCells() {
        assertThat(heatMap(new double[][] {{7}}).draw().getWidth()).isGreaterThan(300);
        assertThat(heatMap(new double[30][40]).draw().getWidth()).isGreaterThan(2000);
    }

    @Test
    void alignmentsShowPosteriorsAndTokens() {
        Alphabet alphabet = Alphabet.ofCharacters(" ab");
        float[] emissions = {9, 0, 0, 0, 0, 0, 9, 0, 9, 0, 0, 0};
        Alignment alignment =
                new Alignment(
                        List.of(new TokenSpan(2, "a", 1, 2, 0)),
                        List.of(new WordSpan("a", 1, 2, 0, 1)),
                        -0.1);

        BufferedImage picture =
                new AlignmentPicture(
                                alphabet,
                                "u",
                                new Posteriors(emissions, 3, 4),
                                alignment,
                                FrameScale.frames())
                        .draw();

        assertThat(picture.getHeight()).isGreaterThan(4 * 16);
        assertThat(count(picture, new Color(0xd62728))).isGreaterThan(40);
    }

    @Test
    void longUtterancesOfManyClassesStaySmall() {
        StringBuilder characters = new StringBuilder(" ");
        for (char c = '一'; c < '一' + 200; c++) {
            characters.append(c);
        }
        Alphabet alphabet = Alphabet.ofCharacters(characters.toString());
        int frames = 20_000;
        Alignment alignment =
                new Alignment(
                        List.of(new TokenSpan(150, alphabet.token(150), 19_999, 20_000, 0)),
                        List.of(new WordSpan("x", 19_999, 20_000, 0, 1)),
                        0);

        BufferedImage picture =
                new AlignmentPicture(
                                alphabet,
                                "long",
                                new Posteriors(
                                        new float[frames * alphabet.size()],
                                        frames,
                                        alphabet.size()),
                                alignment,
                                FrameScale.seconds(0.02))
                        .draw();

        assertThat(picture.getWidth()).isLessThan(8300);
        assertThat(picture.getHeight()).isLessThan(300);
    }
}
