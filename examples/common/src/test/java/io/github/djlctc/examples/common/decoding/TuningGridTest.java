package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.examples.common.WordErrorUnit;
import io.github.djlctc.metric.ErrorCounts;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TuningGridTest {

    private static final double[] ALPHAS = {0.3, 0.6, 0.9};
    private static final double[] BETAS = {0, 1, 2};

    /** Fills a grid with word errors, a row for each beta. */
    private static TuningGrid grid(int[]... wordErrors) {
        TuningGrid grid = new TuningGrid(ALPHAS, BETAS, new int[] {50});
        for (int row = 0; row < BETAS.length; row++) {
            for (int column = 0; column < ALPHAS.length; column++) {
                grid.record(
                        new WeightSetting(50, ALPHAS[column], BETAS[row]),
                        errors(wordErrors[row][column], 1));
            }
        }
        return grid;
    }

    private static DecodingErrors errors(int words, int characters) {
        return new DecodingErrors(
                WordErrorUnit.WORD,
                new ErrorCounts(words, 0, 0, 100),
                new ErrorCounts(characters, 0, 0, 500));
    }

    @Test
    void theBestIsTheFirstOfTheFewestErrors() {
        TuningGrid grid = grid(new int[] {5, 4, 9}, new int[] {9, 4, 9}, new int[] {9, 9, 9});

        assertThat(grid.best()).isEqualTo(new WeightSetting(50, 0.6, 0));
        grid.record(new WeightSetting(50, 0.9, 2), errors(4, 0));
        assertThat(grid.best()).isEqualTo(new WeightSetting(50, 0.9, 2));
    }

    @Test
    void aLuckyCellAmongBadOnesIsNotTheSteadiest() {
        TuningGrid grid = grid(new int[] {1, 9, 4}, new int[] {9, 4, 3}, new int[] {9, 4, 3});

        assertThat(grid.best()).isEqualTo(new WeightSetting(50, 0.3, 0));
        assertThat(grid.steadiest()).isEqualTo(new WeightSetting(50, 0.9, 2));
    }

    @Test
    void whereAllAreEqualTheNearestToTheDefaultsIsTaken() {
        TuningGrid grid = grid(new int[3], new int[3], new int[3]);

        assertThat(grid.steadiest()).isEqualTo(new WeightSetting(50, 0.6, 2));
        assertThat(grid.leastMeanErrors()).isLessThan(0.01);
    }

    @Test
    void meansCountTheNeighboursLess() {
        TuningGrid grid = grid(new int[] {8, 0, 0}, new int[] {4, 0, 0}, new int[] {0, 0, 0});

        // 4 * 8 + 2 * (0 + 4) + 0, of 4 + 2 + 2 + 1.
        assertThat(grid.meanErrors(new WeightSetting(50, 0.3, 0)))
                .isEqualTo(40 / 9.0, within(1e-3));
        // 2 * 4 + 8, of 16.
        assertThat(grid.meanErrors(new WeightSetting(50, 0.6, 1))).isEqualTo(1, within(1e-3));
    }
}
