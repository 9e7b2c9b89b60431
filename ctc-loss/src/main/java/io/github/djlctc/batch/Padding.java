package io.github.djlctc.batch;

import ai.djl.ndarray.types.DataType;

import java.io.Serializable;

/**
 * The padding of one dimension of one array of a sample.
 *
 * @param array the position of the array in the sample's list
 * @param dimension the dimension of the array, without the batch dimension
 * @param value what to pad with
 */
record Padding(int array, int dimension, float value) implements Serializable {

    // float32 does not hold all larger whole numbers.
    private static final long MAX_EXACT_INTEGER = 1L << 24;

    Padding {
        if (array < 0 || dimension < 0) {
            throw new IllegalArgumentException(
                    "array and dimension count from 0, but are " + array + " and " + dimension);
        }
    }

    /** Tells whether arrays of the data type can hold the value. */
    boolean isRepresentableIn(DataType dataType) {
        return switch (dataType) {
            case BOOLEAN -> value == 0 || value == 1;
            case UINT8 -> isWholeWithin(0, 255);
            case INT8 -> isWholeWithin(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case INT32, INT64 -> isWholeWithin(-MAX_EXACT_INTEGER, MAX_EXACT_INTEGER);
            default -> true;
        };
    }

    private boolean isWholeWithin(long min, long max) {
        return value == Math.rint(value) && value >= min && value <= max;
    }
}
