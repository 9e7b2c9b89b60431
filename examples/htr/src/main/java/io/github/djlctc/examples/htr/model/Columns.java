package io.github.djlctc.examples.htr.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.examples.htr.image.LineImage;

/** Lines as the model takes them: a frame for each column of pixels. */
public final class Columns {

    private Columns() {}

    /**
     * Turns a line into frames.
     *
     * @param line the line
     * @param manager owns the result
     * @return its columns from left to right, each from top to bottom: (width, height), float32
     */
    public static NDArray of(LineImage line, NDManager manager) {
        int width = line.width();
        int height = line.height();
        float[] ink = line.ink();
        float[] columns = new float[ink.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                columns[x * height + y] = ink[y * width + x];
            }
        }
        return manager.create(columns, new Shape(width, height));
    }
}
