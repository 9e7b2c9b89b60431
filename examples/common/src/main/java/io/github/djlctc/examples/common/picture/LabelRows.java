package io.github.djlctc.examples.common.picture;

import java.util.Arrays;

/** Spreads labels that come from left to right over some rows, so that few of them overlap. */
public final class LabelRows {

    private final double[] ends;

    /**
     * Creates empty rows.
     *
     * @param count the number of rows, 1 or more
     */
    public LabelRows(int count) {
        ends = new double[count];
        Arrays.fill(ends, Double.NEGATIVE_INFINITY);
    }

    /**
     * Places a label.
     *
     * @param middle its centre
     * @param width its width with the gap to the next label
     * @return the first row in which it fits, or else the one in which it overlaps the least
     */
    public int place(double middle, double width) {
        int best = 0;
        for (int row = ends.length - 1; row >= 0; row--) {
            boolean fits = ends[row] <= middle - width / 2;
            if (fits || ends[row] < ends[best]) {
                best = row;
            }
        }
        ends[best] = middle + width / 2;
        return best;
    }
}
