package io.github.djlctc.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import io.github.djlctc.host.HostArrays;

import java.nio.ByteBuffer;

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

    /** Copies an array of at least one value and one dimension, which stays open. */
    static NDArray copy(NDManager manager, NDArray array) {
        if (array.getShape().dimension() == 0 || array.getShape().size() == 0) {
            throw new IllegalArgumentException(
                    "the features have the shape "
                            + array.getShape()
                            + ", which has no frame, or frames of no value");
        }
        if (HostArrays.hasOperators(array)) {
            NDArray copy = array.duplicate();
            copy.attach(manager);
            return copy;
        }
        ByteBuffer elements = HostArrays.readBytes(array);
        return manager.create(elements, array.getShape(), array.getDataType());
    }
}
