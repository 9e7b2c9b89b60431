package io.github.djlctc.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** How far arrays are from each other. */
public final class RelativeDifference {

    private RelativeDifference() {}

    /** Returns the greatest difference, over the greatest magnitude that was expected. */
    public static double of(NDArray actual, NDArray expected) {
        NDArray exact = expected.toType(DataType.FLOAT64, true);
        NDArray difference = actual.toType(DataType.FLOAT64, true).sub(exact);
        return difference.abs().max().getDouble() / exact.abs().max().getDouble();
    }
}
