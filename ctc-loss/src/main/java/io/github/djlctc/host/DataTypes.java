package io.github.djlctc.host;

import ai.djl.ndarray.types.DataType;

import java.util.EnumSet;
import java.util.Set;

/** The data types of arrays that the engine can make and read. */
public final class DataTypes {

    // On PyTorch, DJL crashes the JVM when it creates arrays of some other types, such as bfloat16,
    // and when native code is given an array of strings.
    private static final Set<DataType> SUPPORTED =
            EnumSet.of(
                    DataType.FLOAT16,
                    DataType.FLOAT32,
                    DataType.FLOAT64,
                    DataType.INT8,
                    DataType.INT32,
                    DataType.INT64,
                    DataType.UINT8,
                    DataType.BOOLEAN);

    private DataTypes() {}

    /**
     * Checks the type of an array before it is passed to native code.
     *
     * @param array the number of the array among others, for the message
     * @param dataType its type
     * @throws IllegalArgumentException if it is not of a type of numbers, or of truth values
     */
    public static void checkSupported(int array, DataType dataType) {
        if (!SUPPORTED.contains(dataType)) {
            throw new IllegalArgumentException(
                    String.format(
                            "array %d has data type %s; supported are %s",
                            array, dataType, SUPPORTED));
        }
    }
}
