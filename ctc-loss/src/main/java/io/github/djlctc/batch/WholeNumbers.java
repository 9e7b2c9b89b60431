package io.github.djlctc.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.host.HostArrays;

import java.util.Objects;

/** Reads arrays of ids and lengths to the host. */
public final class WholeNumbers {

    /** float64 holds every whole number up to here. */
    private static final long LARGEST = 1L << 53;

    private WholeNumbers() {}

    /**
     * Returns the elements of an array in row-major order.
     *
     * @param array an array of any integer type, or a floating one with whole values
     * @param name what the array holds, for messages
     * @return the elements
     * @throws CTCInputException if the type is not numeric or a value is not whole
     */
    public static long[] read(NDArray array, String name) {
        Objects.requireNonNull(array, "array");
        Objects.requireNonNull(name, "name");
        DataType type = array.getDataType();
        if (type.isInteger()) {
            return HostArrays.readLongs(array);
        }
        if (!type.isFloating()) {
            throw new CTCInputException(
                    "the " + name + " are of type " + type + ", but must be int64");
        }
        double[] values = HostArrays.readDoubles(array);
        long[] result = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            if (values[i] != Math.rint(values[i]) || Math.abs(values[i]) > LARGEST) {
                throw notWhole(values[i], i, array.getShape(), name);
            }
            result[i] = (long) values[i];
        }
        return result;
    }

    private static CTCInputException notWhole(
            double value, int position, Shape shape, String name) {
        String place = "element " + position;
        if (shape.dimension() == 2) {
            place = "sample " + position / shape.get(1) + ", position " + position % shape.get(1);
        }
        return new CTCInputException(
                "the "
                        + name
                        + " hold "
                        + value
                        + " at "
                        + place
                        + ", but must be whole numbers; int64 is the usual type");
    }
}
