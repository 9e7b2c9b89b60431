package io.github.djlctc.examples.htr.augment;

import java.util.random.RandomGenerator;

/** A smooth field of random displacements: independent at the corners of cells, blended between. */
final class Displacements {

    private final float[] across;
    private final float[] down;
    private final int columns;
    private final double cell;

    private Displacements(float[] across, float[] down, int columns, double cell) {
        this.across = across;
        this.down = down;
        this.columns = columns;
        this.cell = cell;
    }

    /** Draws displacements from -strength to strength in both directions. */
    static Displacements draw(
            int width, int height, double cell, double strength, RandomGenerator random) {
        int columns = (int) (width / cell) + 2;
        int corners = columns * ((int) (height / cell) + 2);
        return new Displacements(
                values(corners, strength, random),
                values(corners, strength, random),
                columns,
                cell);
    }

    private static float[] values(int count, double strength, RandomGenerator random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (strength * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    double across(int x, int y) {
        return blended(across, x, y);
    }

    double down(int x, int y) {
        return blended(down, x, y);
    }

    private float blended(float[] corners, int x, int y) {
        double column = x / cell;
        double row = y / cell;
        int left = (int) column;
        int top = (int) row;
        int corner = top * columns + left;
        float right = (float) (column - left);
        float lower = (float) (row - top);
        float upper = corners[corner] + right * (corners[corner + 1] - corners[corner]);
        int below = corner + columns;
        float under = corners[below] + right * (corners[below + 1] - corners[below]);
        return upper + lower * (under - upper);
    }
}
