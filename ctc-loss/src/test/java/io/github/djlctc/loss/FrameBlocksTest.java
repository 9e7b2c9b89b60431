package io.github.djlctc.loss;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Every row can be had, while few are kept. */
class FrameBlocksTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 1", "7, 2", "7, 3", "7, 7", "7, 9", "16, 4", "17, 4", "100, 10"})
    void rowsAreComputedAgainFromTheLastOfTheBlockBefore(int frames, int length) {
        for (int count = 1; count <= frames; count++) {
            FrameBlocks blocks = FrameBlocks.ofLength(frames, length);
            double[][] rows = blocks.rows(1);
            int number = count;
            for (int t = 0; t < count; t++) {
                compute(rows, t);
            }
            blocks.computed(count);
            for (int t = count - 1; t >= 0; t--) {
                blocks.restore(t, number, i -> compute(rows, i));
                assertThat(rows[t][0]).isEqualTo(value(t));
            }
            for (int t = 0; t < count; t++) {
                blocks.restore(t, number, i -> compute(rows, i));
                assertThat(rows[t][0]).isEqualTo(value(t));
            }
        }
    }

    /** As a forward pass does: each row from the one before. */
    private static void compute(double[][] rows, int t) {
        rows[t][0] = t == 0 ? 1 : 3 * rows[t - 1][0] % 1009;
    }

    private static double value(int frame) {
        double value = 1;
        for (int t = 0; t < frame; t++) {
            value = 3 * value % 1009;
        }
        return value;
    }

    @Test
    void ordinarySamplesAreOneBlockOfWhichNothingIsComputedAgain() {
        FrameBlocks blocks = FrameBlocks.of(1_500, 2 * 300);
        assertThat(distinct(blocks.rows(1))).hasSize(1_500);
        blocks.computed(1_500);
        for (int t = 1_499; t >= 0; t--) {
            blocks.restore(t, 1_500, i -> assertThat(i).as("computed again").isNull());
        }
    }

    @ParameterizedTest
    @CsvSource({"60000, 2001", "30000, 18001", "4000, 2002", "1000, 100"})
    void theKeptRowsAreThoseThatAreAllocated(int frames, int width) {
        FrameBlocks blocks = FrameBlocks.of(frames, width);
        assertThat(distinct(blocks.rows(1))).hasSize((int) blocks.keptRows());
        assertThat(blocks.keptRows() * Double.BYTES * width).isLessThan(64L << 20);
    }

    /** Twice the root of the number of frames, where all would take a gigabyte. */
    @Test
    void aLongSampleKeepsFewRows() {
        assertThat(FrameBlocks.of(60_000, 2_001).keptRows()).isEqualTo(244 + 244);
    }

    private static Set<double[]> distinct(double[][] rows) {
        Set<double[]> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
        distinct.addAll(Arrays.asList(rows));
        return distinct;
    }
}
