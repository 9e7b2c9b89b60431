package io.github.djlctc.examples.common.image;

/**
 * Resizes one dimension. Each new sample is a weighted mean of the old ones: to shrink, over the
 * stretch that it covers; to enlarge, of the two nearest.
 */
public final class Resizer {

    private final int oldLength;
    private final int[] first;
    private final float[][] weights;

    /**
     * Prepares the weights.
     *
     * @param oldLength the number of samples, above 0
     * @param newLength the number of samples wanted, above 0
     */
    public Resizer(int oldLength, int newLength) {
        this.oldLength = oldLength;
        first = new int[newLength];
        weights = new float[newLength][];
        double step = oldLength / (double) newLength;
        for (int i = 0; i < newLength; i++) {
            if (step > 1) {
                cover(i, i * step, Math.min((i + 1) * step, oldLength));
            } else {
                interpolate(i, (i + 0.5) * step - 0.5);
            }
        }
    }

    private void cover(int index, double start, double end) {
        int from = (int) start;
        int to = Math.min((int) Math.ceil(end), oldLength);
        first[index] = from;
        weights[index] = new float[to - from];
        for (int i = from; i < to; i++) {
            double covered = Math.min(end, i + 1) - Math.max(start, i);
            weights[index][i - from] = (float) (covered / (end - start));
        }
    }

    private void interpolate(int index, double position) {
        double clamped = Math.max(0, Math.min(oldLength - 1, position));
        int left = (int) clamped;
        float right = (float) (clamped - left);
        first[index] = left;
        weights[index] = right == 0 ? new float[] {1} : new float[] {1 - right, right};
    }

    /**
     * Resizes each row.
     *
     * @param values rows of the old length, one behind the other
     * @param rows the number of rows
     * @return rows of the new length
     */
    public float[] alongRows(float[] values, int rows) {
        int newLength = first.length;
        float[] result = new float[rows * newLength];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < newLength; i++) {
                int source = row * oldLength + first[i];
                float sum = 0;
                for (float weight : weights[i]) {
                    sum += weight * values[source++];
                }
                result[row * newLength + i] = sum;
            }
        }
        return result;
    }

    /**
     * Resizes each column.
     *
     * @param values as many rows as the old length, one behind the other
     * @param columns the number of columns
     * @return as many rows as the new length
     */
    public float[] alongColumns(float[] values, int columns) {
        float[] result = new float[first.length * columns];
        for (int i = 0; i < first.length; i++) {
            int target = i * columns;
            for (int k = 0; k < weights[i].length; k++) {
                int source = (first[i] + k) * columns;
                float weight = weights[i][k];
                for (int column = 0; column < columns; column++) {
                    result[target + column] += weight * values[source + column];
                }
            }
        }
        return result;
    }
}
