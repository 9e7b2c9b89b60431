package io.github.djlctc.examples.speech.augment;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SpecAugmentTest {

    private static final float MASK = -7;

    @Property
    void masksOneBandOfFrequencyOverAllFrames(
            @ForAll @IntRange(max = 20) int frames,
            @ForAll @IntRange(min = 1, max = 20) int dimensions,
            @ForAll @IntRange(max = 30) int width,
            @ForAll long seed) {
        SpecAugment augment = masks(1, 0).optFrequencyMaskWidth(width).build();
        boolean[][] masked = apply(augment, frames, dimensions, seed);
        for (boolean[] frame : masked) {
            assertThat(frame).isEqualTo(masked[0]);
            assertOneRun(frame, width);
        }
    }

    @Property
    void masksOneStretchOfTimeOverAllDimensions(
            @ForAll @IntRange(max = 20) int frames,
            @ForAll @IntRange(min = 1, max = 20) int dimensions,
            @ForAll @IntRange(max = 30) int width,
            @ForAll @IntRange(max = 10) int tenths,
            @ForAll long seed) {
        SpecAugment augment =
                masks(0, 1).optTimeMaskWidth(width).optTimeMaskShare(tenths / 10.0).build();
        boolean[][] masked = apply(augment, frames, dimensions, seed);
        boolean[] time = new boolean[frames];
        for (int i = 0; i < frames; i++) {
            time[i] = masked[i][0];
            boolean[] all = new boolean[dimensions];
            Arrays.fill(all, time[i]);
            assertThat(masked[i]).isEqualTo(all);
        }
        assertOneRun(time, Math.min(width, frames * tenths / 10));
    }

    @Example
    void everyWidthAndPlaceIsDrawn() {
        SpecAugment augment = masks(1, 0).optFrequencyMaskWidth(2).build();
        int[] hits = new int[4];
        boolean none = false;
        for (int seed = 0; seed < 200; seed++) {
            boolean[] frame = apply(augment, 1, 4, seed)[0];
            none |= Arrays.equals(frame, new boolean[4]);
            for (int d = 0; d < 4; d++) {
                hits[d] += frame[d] ? 1 : 0;
            }
        }
        assertThat(none).isTrue();
        assertThat(hits).doesNotContain(0);
    }

    @Example
    void masksAsOftenAsAsked() {
        float[] ones = new float[80 * 400];
        Arrays.fill(ones, 1);
        assertThat(masks(0, 0).build().apply(ones, 80, new SplittableRandom(1))).isEqualTo(ones);
        assertThat(maskedCount(masks(1, 0).build(), ones))
                .isLessThan(maskedCount(masks(5, 0).build(), ones));
        assertThat(maskedCount(masks(0, 1).build(), ones))
                .isLessThan(maskedCount(masks(0, 5).build(), ones));
    }

    @Example
    void masksWithZeroUnlessToldOtherwise() {
        float[] ones = new float[80 * 400];
        Arrays.fill(ones, 1);
        float[] masked = SpecAugment.builder().build().apply(ones, 80, new SplittableRandom(1));
        assertThat(masked).contains(0f, 1f);
    }

    @Example
    void refusesImpossibleSettings() {
        SpecAugment.Builder builder = SpecAugment.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optTimeMasks(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optFrequencyMasks(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optTimeMaskWidth(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optFrequencyMaskWidth(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optTimeMaskShare(1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.optTimeMaskShare(Double.NaN));
    }

    private static SpecAugment.Builder masks(int frequency, int time) {
        return SpecAugment.builder()
                .optFrequencyMasks(frequency)
                .optTimeMasks(time)
                .optMaskValue(MASK);
    }

    private static int maskedCount(SpecAugment augment, float[] ones) {
        float[] masked = augment.apply(ones, 80, new SplittableRandom(4));
        int count = 0;
        for (float value : masked) {
            count += value == MASK ? 1 : 0;
        }
        return count;
    }

    /** Applies masks to distinct values, and returns which are masked; checks that others stay. */
    private static boolean[][] apply(SpecAugment augment, int frames, int dimensions, long seed) {
        float[] values = new float[frames * dimensions];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        float[] result = augment.apply(values, dimensions, new SplittableRandom(seed));
        boolean[][] masked = new boolean[frames][dimensions];
        for (int i = 0; i < values.length; i++) {
            masked[i / dimensions][i % dimensions] = result[i] == MASK;
            assertThat(result[i]).isIn(MASK, values[i]);
        }
        return masked;
    }

    private static void assertOneRun(boolean[] masked, int longest) {
        int starts = 0;
        int count = 0;
        for (int i = 0; i < masked.length; i++) {
            count += masked[i] ? 1 : 0;
            starts += masked[i] && (i == 0 || !masked[i - 1]) ? 1 : 0;
        }
        assertThat(starts).isLessThanOrEqualTo(1);
        assertThat(count).isLessThanOrEqualTo(longest);
    }
}
