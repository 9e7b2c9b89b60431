package io.github.djlctc.examples.htr.corpus.pen;

import io.github.djlctc.examples.common.image.GreyImage;

import java.util.random.RandomGenerator;

/**
 * A sheet, and how it is scanned.
 *
 * @param shade its mean shade, 0 to 255
 * @param stains how much the shade varies from place to place
 * @param grain how much it varies from pixel to pixel
 * @param flow how much the ink's density varies from place to place, 0 to 1
 */
record Paper(double shade, double stains, double grain, double flow) {

    private static final int CELL = 16;

    static Paper draw(RandomGenerator random) {
        return new Paper(
                random.nextDouble(195, 250),
                random.nextDouble(0, 9),
                random.nextDouble(0, 10),
                random.nextDouble(0, 0.3));
    }

    GreyImage take(float[] cover, int width, int height, int ink, RandomGenerator random) {
        float[] stain = field(width, height, random);
        float[] density = field(width, height, random);
        byte[] pixels = new byte[cover.length];
        for (int i = 0; i < pixels.length; i++) {
            double sheet = shade + stains * stain[i];
            double shown = cover[i] * (1 - flow * (0.5 + 0.5 * density[i]));
            double value = sheet + (ink - sheet) * shown + grain * triangular(random);
            pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return new GreyImage(pixels, width, height);
    }

    /** Draws a number from -1 to 1, mostly near 0. */
    private static double triangular(RandomGenerator random) {
        int bits = random.nextInt();
        return ((bits & 0xFFFF) - (bits >>> 16)) / 65536.0;
    }

    /** Returns smooth values from -1 to 1: random ones at the corners of cells, blended between. */
    private static float[] field(int width, int height, RandomGenerator random) {
        int columns = width / CELL + 2;
        float[] corners = new float[columns * (height / CELL + 2)];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = random.nextFloat() * 2 - 1;
        }
        float[] values = new float[width * height];
        for (int y = 0; y < height; y++) {
            int row = y / CELL * columns;
            float down = (y % CELL) / (float) CELL;
            for (int x = 0; x < width; x++) {
                int corner = row + x / CELL;
                float across = (x % CELL) / (float) CELL;
                float upper = corners[corner] + across * (corners[corner + 1] - corners[corner]);
                int below = corner + columns;
                float lower = corners[below] + across * (corners[below + 1] - corners[below]);
                values[y * width + x] = upper + down * (lower - upper);
            }
        }
        return values;
    }
}
