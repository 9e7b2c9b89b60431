package io.github.djlctc.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.host.HostArrays;
import io.github.djlctc.numpy.NumpyArray;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** Makes arrays of features that the caller gives, and keeps. */
final class SampleFeatures {

    private SampleFeatures() {}

    /** Makes an array of frames (T, F), T and F at least 1. */
    static NDArray ofRows(NDManager manager, float[][] rows) {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException("the features hold no frame, or frames of no value");
        }
        for (int t = 0; t < rows.length; t++) {
            if (rows[t].length != rows[0].length) {
                throw new IllegalArgumentException(
                        "frame %d has %d values, but frame 0 has %d"
                                .formatted(t, rows[t].length, rows[0].length));
            }
        }
        return manager.create(rows);
    }

    /** Makes an array, in single precision, of at least one value and one dimension. */
    static NDArray ofNumpy(NDManager manager, NumpyArray array) {
        float[] values = array.floats();
        Shape shape = new Shape(IntStream.of(array.shape()).asLongStream().toArray());
        checkShape(shape);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "value " + i + " of the NumPy array is no number of single precision");
            }
        }
        return manager.create(values, shape);
    }

    private static void checkShape(Shape shape) {
        if (shape.dimension() == 0 || shape.size() == 0) {
            throw new IllegalArgumentException(
                    "the features have the shape "
                            + shape
                            + ", which has no frame, or frames of no value");
        }
    }

    /** Copies an array of at least one value and one dimension, which stays open. */
    static NDArray copy(NDManager manager, NDArray array) {
        checkShape(array.getShape());
        if (HostArrays.hasOperators(array)) {
            NDArray copy = array.duplicate();
            copy.attach(manager);
            return copy;
        }
        ByteBuffer elements = HostArrays.readBytes(array);
        return manager.create(elements, array.getShape(), array.getDataType());
    }
}
