package io.github.djlctc.examples.htr.augment;

import io.github.djlctc.examples.common.random.UniformRange;
import io.github.djlctc.examples.common.random.ViewRandom;
import io.github.djlctc.examples.htr.corpus.LineSample;
import io.github.djlctc.examples.htr.corpus.pen.PenCorpus;
import io.github.djlctc.examples.htr.image.LineImage;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LineAugmentationTest {

    private static final UniformRange NONE = new UniformRange(0, 0);
    private static final UniformRange SAME = new UniformRange(1, 1);

    @Test
    void theSeedDecides() throws IOException {
        LineAugmentation augmentation = LineAugmentation.handwriting();
        for (LineSample sample : PenCorpus.builder().optTrainLines(5).build().train()) {
            LineImage line = sample.load(32);
            float[] before = line.ink().clone();

            LineImage a = augmentation.apply(line, new SplittableRandom(7));
            LineImage b = augmentation.apply(line, new SplittableRandom(7));
            LineImage c = augmentation.apply(line, new SplittableRandom(8));

            assertThat(line.ink()).isEqualTo(before);
            assertThat(a.ink()).isEqualTo(b.ink()).isNotEqualTo(c.ink());
            assertThat(a.height()).isEqualTo(32);
        }
    }

    /** What is at a place of one view is at the same place of the other. */
    @Test
    void viewsOfALineAreWarpedAlike() {
        LineImage line = Lines.block(120, 32, 10, 5, 110, 25);
        for (LineAugmentation augmentation :
                List.of(Warp.builder().build(), LineAugmentation.handwriting())) {
            LineImage[] views = new LineImage[2];
            for (int view = 0; view < 2; view++) {
                ViewRandom random = ViewRandom.draw(new SplittableRandom(4), view, 2);
                views[view] = augmentation.apply(line, random);
            }
            assertThat(views[0].width()).isEqualTo(views[1].width());
            boolean isWarpAlone = augmentation instanceof Warp;
            assertThat(Arrays.equals(views[0].ink(), views[1].ink())).isEqualTo(isWarpAlone);
        }
    }

    @Property(tries = 200, seed = "1")
    void warpingKeepsAllInkInside(@ForAll long seed) {
        // The ink reaches from edge to edge.
        LineImage line = Lines.block(120, 32, 0, 0, 120, 32);
        Warp warp =
                Warp.builder()
                        .optShear(new UniformRange(-1, 1))
                        .optSlope(new UniformRange(-0.5, 0.5))
                        .optHeightScale(new UniformRange(0.5, 2))
                        .optWidthScale(new UniformRange(0.9, 1.1))
                        .optElastic(0.1, 0.5)
                        .build();

        LineImage result = warp.apply(line, new SplittableRandom(seed));

        assertThat(result.height()).isEqualTo(32);
        for (int x = 0; x < result.width(); x++) {
            assertThat(result.ink()[x]).isLessThan(1);
            assertThat(result.ink()[31 * result.width() + x]).isLessThan(1);
        }
        for (int y = 0; y < 32; y++) {
            assertThat(result.ink()[y * result.width()]).isLessThan(1);
            assertThat(result.ink()[(y + 1) * result.width() - 1]).isLessThan(1);
        }
        for (float ink : result.ink()) {
            assertThat(ink).isBetween(0f, 1.0001f);
        }
    }

    @Property(tries = 100, seed = "1")
    void shearMovesInkWithoutLosingIt(@ForAll long seed) {
        LineImage line = Lines.block(90, 32, 40, 6, 50, 26);
        Warp warp =
                Warp.builder()
                        .optWidthScale(SAME)
                        .optHeightScale(SAME)
                        .optSlope(NONE)
                        .optElastic(0, 1)
                        .build();

        LineImage result = warp.apply(line, new SplittableRandom(seed));

        assertThat(Lines.sum(result)).isCloseTo(Lines.sum(line), within(0.03 * Lines.sum(line)));
        assertThat(result.width()).isBetween(90, 90 + (int) Math.ceil(0.35 * 32) + 2);
    }

    @Test
    void shearLeansToTheRight() {
        LineImage line = Lines.block(60, 32, 20, 0, 24, 32);
        Warp warp =
                Warp.builder()
                        .optShear(SAME)
                        .optWidthScale(SAME)
                        .optHeightScale(SAME)
                        .optSlope(NONE)
                        .optElastic(0, 1)
                        .build();

        LineImage result = warp.apply(line, new SplittableRandom(1));

        assertThat(middleOfRow(result, 2) - middleOfRow(result, 29)).isCloseTo(27, within(1.0));
    }

    private static double middleOfRow(LineImage image, int row) {
        double sum = 0;
        double moment = 0;
        for (int x = 0; x < image.width(); x++) {
            float ink = image.ink()[row * image.width() + x];
            sum += ink;
            moment += ink * x;
        }
        return moment / sum;
    }

    @Test
    void withoutChangesTheInkStays() {
        LineImage line = Lines.block(60, 32, 20, 8, 40, 20);
        Warp warp =
                Warp.builder()
                        .optShear(NONE)
                        .optWidthScale(SAME)
                        .optHeightScale(SAME)
                        .optSlope(NONE)
                        .optElastic(0, 1)
                        .build();

        assertThat(Lines.sum(warp.apply(line, new SplittableRandom(3))))
                .isCloseTo(Lines.sum(line), within(0.01));
        assertThat(new StrokeWidth(NONE).apply(line, new SplittableRandom(3)).ink())
                .isEqualTo(line.ink());
        assertThat(new Blur(NONE).apply(line, new SplittableRandom(3))).isSameAs(line);
        assertThat(new Contrast(SAME, SAME).apply(line, new SplittableRandom(3)).ink())
                .isEqualTo(line.ink());
    }

    @Test
    void strokesGetThickerAndThinner() {
        LineImage line = Lines.block(30, 20, 10, 5, 16, 15);

        LineImage thick = new StrokeWidth(SAME).apply(line, new SplittableRandom(1));
        LineImage thin =
                new StrokeWidth(new UniformRange(-1, -1)).apply(line, new SplittableRandom(1));
        LineImage half =
                new StrokeWidth(new UniformRange(0.5, 0.5)).apply(line, new SplittableRandom(1));

        assertThat(Lines.sum(thick)).isEqualTo(6 * 10 + 2 * 6 + 2 * 10);
        assertThat(Lines.sum(thin)).isEqualTo(4 * 8);
        assertThat(Lines.sum(half)).isEqualTo(6 * 10 + 6 + 10);
    }

    @Test
    void blurKeepsTheSumOfTheInk() {
        LineImage line = Lines.block(40, 24, 15, 10, 20, 14);

        LineImage blurred = new Blur(SAME).apply(line, new SplittableRandom(1));

        assertThat(Lines.sum(blurred)).isCloseTo(Lines.sum(line), within(1e-3));
        assertThat(blurred.ink()[12 * 40 + 14]).isBetween(0.1f, 0.5f);
    }

    @Test
    void contrastFollowsTheFormula() {
        LineImage line = new LineImage(new float[] {0, 0.25f, 0.5f, 1}, 4, 1);
        Contrast contrast = new Contrast(new UniformRange(0.8, 0.8), new UniformRange(2, 2));

        float[] ink = contrast.apply(line, new SplittableRandom(1)).ink();

        assertThat(ink).containsExactly(new float[] {0, 0.05f, 0.2f, 0.8f}, within(1e-3f));
    }

    @Test
    void takesLinesOfAnySize() {
        LineAugmentation augmentation = LineAugmentation.handwriting();
        for (int[] size : new int[][] {{1, 1}, {1, 32}, {200, 1}, {3, 2}}) {
            LineImage line = new LineImage(new float[size[0] * size[1]], size[0], size[1]);
            for (int seed = 0; seed < 20; seed++) {
                LineImage result = augmentation.apply(line, new SplittableRandom(seed));
                assertThat(result.height()).isEqualTo(size[1]);
                assertThat(Lines.sum(result)).isZero();
            }
        }
    }

    @Test
    void sequencesApplyInOrder() {
        LineImage line = Lines.block(30, 20, 10, 5, 16, 15);
        LineAugmentation both =
                LineAugmentation.sequence(
                        List.of(new StrokeWidth(SAME), new StrokeWidth(new UniformRange(-1, -1))));

        assertThat(both.apply(line, new SplittableRandom(1)).ink()).isEqualTo(line.ink());
        assertThat(LineAugmentation.sequence(List.of()).apply(line, new SplittableRandom(1)))
                .isSameAs(line);
    }

    @Test
    void checksRanges() {
        assertThatThrownBy(() -> new StrokeWidth(new UniformRange(-2, 0)))
                .hasMessage("shares from -1 to 1 expected: -2.0 to 0.0");
        assertThatThrownBy(() -> new Blur(new UniformRange(-1, 0)))
                .hasMessageContaining("0 pixels or more");
        assertThatThrownBy(() -> new Contrast(NONE, SAME)).hasMessageContaining("gain");
        assertThatThrownBy(() -> Warp.builder().optShear(new UniformRange(-3, 0)))
                .hasMessageContaining("shear");
        assertThatThrownBy(() -> Warp.builder().optSlope(new UniformRange(-3, 0)))
                .hasMessageContaining("slope");
        assertThatThrownBy(() -> Warp.builder().optWidthScale(NONE))
                .hasMessageContaining("width scale");
        assertThatThrownBy(() -> Warp.builder().optHeightScale(new UniformRange(1, 5)))
                .hasMessageContaining("at most 4");
        assertThatThrownBy(() -> Warp.builder().optElastic(1, 1)).hasMessageContaining("strength");
    }
}
