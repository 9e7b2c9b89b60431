package io.github.djlctc.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.EmissionLayout;

/**
 * The size of a batch.
 *
 * @param frames T
 * @param samples N
 * @param classes C
 * @param labels S
 */
record LossSize(int frames, int samples, int classes, int labels) {

    /** Reads a size such as {@code 50,8,32,10}. */
    static LossSize parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("a size is T,N,C,S, not " + text);
        }
        return new LossSize(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
    }

    /** Normally distributed logits. */
    NDArray logits(NDManager manager, EmissionLayout layout) {
        Shape shape =
                layout == EmissionLayout.TIME_MAJOR
                        ? new Shape(frames, samples, classes)
                        : new Shape(samples, frames, classes);
        return manager.randomNormal(0, 1, shape, DataType.FLOAT32);
    }

    /** Random labels. */
    NDArray targets(NDManager manager) {
        return manager.randomInteger(1, classes, new Shape(samples, labels), DataType.INT64);
    }
}
