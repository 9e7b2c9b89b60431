package io.github.djlctc.examples.htr.model;

import io.github.djlctc.examples.htr.image.LineImage;

/** Lines as the model takes them: a frame for each column of pixels. */
public final class Columns {

    private Columns() {}

    /**
     * Turns a line into frames.
     *
     * @param line the line
     * @return its columns from left to right, each from top to bottom: (width, height)
     */
    public static float[] of(LineImage line) {
        int width = line.width();
        int height = line.height();
        float[] ink = line.ink();
        float[] columns = new float[ink.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                columns[x * height + y] = ink[y * width + x];
            }
        }
        return columns;
    }
}
