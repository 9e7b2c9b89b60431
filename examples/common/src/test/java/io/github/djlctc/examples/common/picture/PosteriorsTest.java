package io.github.djlctc.examples.common.picture;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.text.Alphabet;

import org.junit.jupiter.api.Test;

import java.awt.image.BufferedImage;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class PosteriorsTest {

    @Test
    void areTheSoftmaxOfScores() {
        float[] scores = {1000, 1000, (float) (1000 + Math.log(2)), 0, Float.NEGATIVE_INFINITY, 0};
        Posteriors posteriors = new Posteriors(scores, 2, 3);

        assertThat(posteriors.at(0, 0)).isCloseTo(0.25, within(1e-4));
        assertThat(posteriors.at(0, 2)).isCloseTo(0.5, within(1e-4));
        assertThat(posteriors.at(1, 1)).isZero();
        assertThat(posteriors.at(1, 2)).isCloseTo(0.5, within(1e-9));
        assertThat(posteriors.best(0)).isEqualTo(2);
        assertThat(posteriors.best(1)).isZero();
        assertThat(posteriors.undefinedFrames()).isZero();
    }

    @Test
    void scoresThatGiveNoneAreCounted() {
        float low = Float.NEGATIVE_INFINITY;
        float[] scores = {0, Float.NaN, low, low, Float.POSITIVE_INFINITY, 0, 0, 0};
        Posteriors posteriors = new Posteriors(scores, 4, 2);

        assertThat(posteriors.undefinedFrames()).isEqualTo(3);
        assertThat(posteriors.at(0, 0)).isNaN();
        assertThat(posteriors.at(2, 1)).isNaN();
        assertThat(posteriors.at(3, 0)).isEqualTo(0.5);
        BufferedImage image =
                new PosteriorGrid(Alphabet.ofCharacters("a"), posteriors, List.of()).image(4);
        assertThat(image.getRGB(0, 0)).isEqualTo(0xff9a9a9a);
        assertThat(image.getRGB(3, 0)).isNotEqualTo(0xff9a9a9a);
    }

    @Test
    void wrongSizesAreRefused() {
        assertThatThrownBy(() -> new Posteriors(new float[5], 2, 3))
                .hasMessage("5 scores for 2 frames of 3 classes");
        Posteriors posteriors = new Posteriors(new float[6], 2, 3);
        assertThatThrownBy(
                        () -> new PosteriorGrid(Alphabet.ofCharacters("a"), posteriors, List.of()))
                .hasMessage("posteriors of 3 classes, but the alphabet has 2");
    }

    @Test
    void gridsOfLargeAlphabetsShowTheTextAndWhatIsMostProbable() {
        StringBuilder characters = new StringBuilder();
        for (char c = '一'; c < '一' + 200; c++) {
            characters.append(c);
        }
        Alphabet alphabet = Alphabet.ofCharacters(characters.toString());
        float[] scores = new float[2 * 201];
        scores[77] = 5;
        scores[201 + 3] = 5;
        TokenSpan token = new TokenSpan(150, alphabet.token(150), 0, 1, -1);

        PosteriorGrid grid =
                new PosteriorGrid(alphabet, new Posteriors(scores, 2, 201), List.of(token));

        assertThat(grid.rows()).isEqualTo(4);
        assertThat(grid.classOf(1)).isEqualTo(3);
        assertThat(grid.rowOf(77)).isEqualTo(2);
        assertThat(grid.rowOf(150)).isEqualTo(3);
        assertThat(grid.rowOf(151)).isEqualTo(-1);
    }

    @Test
    void ticksAreRound() {
        assertThat(AxisTicks.step(0.03)).isEqualTo(0.05);
        assertThat(AxisTicks.step(6)).isEqualTo(10);
        assertThat(AxisTicks.step(1)).isEqualTo(1);
        assertThat(AxisTicks.label(3 * 0.1)).isEqualTo("0.3");
        assertThat(AxisTicks.label(0)).isEqualTo("0");
        assertThat(AxisTicks.label(-2500)).isEqualTo("-2500");
        assertThat(AxisTicks.label(1e-5)).isEqualTo("0.00001");
        assertThat(AxisTicks.label(3e9)).isEqualTo("3E9");
    }
}
