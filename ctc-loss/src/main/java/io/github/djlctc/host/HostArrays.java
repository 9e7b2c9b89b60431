package io.github.djlctc.host;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * Reads arrays of any device, layout and engine into Java arrays, and closes what that takes.
 *
 * <p>DJL's own readers ({@link NDArray#toFloatArray()} and its like) leave a copy on the CPU behind
 * for an array of another device, and one for an array that is not contiguous: it is attached to
 * the manager of the array, and stays until that is closed.
 *
 * <p>Reading waits until the device has computed the array. Arrays of other types than numbers and
 * truth values, such as strings, are an {@link IllegalArgumentException}.
 */
public final class HostArrays {

    /** Whether arrays of the CPU are copied too, as those of other devices are. Set by tests. */
    private static volatile boolean copyingAlways;

    private HostArrays() {}

    /**
     * Reads integers.
     *
     * @param array an array of any shape and type, int64 as a rule
     * @return the elements in row-major order, converted to int64
     */
    public static long[] readLongs(NDArray array) {
        return read(
                array,
                DataType.INT64,
                buffer -> {
                    long[] values = new long[buffer.remaining() / Long.BYTES];
                    buffer.asLongBuffer().get(values);
                    return values;
                });
    }

    /**
     * Reads numbers in single precision.
     *
     * @param array an array of any shape and type, float32 as a rule
     * @return the elements in row-major order, converted to float32
     */
    public static float[] readFloats(NDArray array) {
        return read(
                array,
                DataType.FLOAT32,
                buffer -> {
                    float[] values = new float[buffer.remaining() / Float.BYTES];
                    buffer.asFloatBuffer().get(values);
                    return values;
                });
    }

    /**
     * Reads numbers in double precision.
     *
     * @param array an array of any shape and type
     * @return the elements in row-major order, converted to float64
     */
    public static double[] readDoubles(NDArray array) {
        return read(
                array,
                DataType.FLOAT64,
                buffer -> {
                    double[] values = new double[buffer.remaining() / Double.BYTES];
                    buffer.asDoubleBuffer().get(values);
                    return values;
                });
    }

    /**
     * Reads an array of one element.
     *
     * @param array an array of any numeric type
     * @return the element
     * @throws IllegalArgumentException if the array has no element, or several
     */
    public static double readScalar(NDArray array) {
        if (array.size() != 1) {
            throw new IllegalArgumentException(
                    "one element is expected, but the shape is " + array.getShape());
        }
        return readDoubles(array)[0];
    }

    /**
     * Reads the elements as they lie in memory.
     *
     * @param array an array of any shape and type, of less than 2 GiB
     * @return the bytes of the elements in row-major order, in the byte order of the machine; a
     *     copy
     */
    public static ByteBuffer readBytes(NDArray array) {
        return read(array, array.getDataType(), Function.identity());
    }

    /**
     * Creates an array of integers on the CPU, whatever the device of its manager: for lengths and
     * targets, which are read on the host.
     *
     * @param owner the manager that the array is attached to
     * @param values the elements in row-major order
     * @param shape the shape
     * @return the array, int64
     */
    public static NDArray create(NDManager owner, long[] values, Shape shape) {
        try (NDManager host = owner.newSubManager(Device.cpu())) {
            NDArray array = host.create(values, shape);
            array.attach(owner);
            return array;
        }
    }

    /**
     * Tells whether the engine of an array computes with arrays, as PyTorch does. Engines that only
     * run models, such as ONNX Runtime, leave most methods of their arrays to PyTorch, if that is
     * there, or throw.
     *
     * @param array the array
     * @return whether methods such as {@link NDArray#argMax} and {@link NDManager#full} are there
     */
    public static boolean hasOperators(NDArray array) {
        return array.getManager().getEngine().getEngineName().equals("PyTorch");
    }

    private static <T> T read(NDArray array, DataType type, Function<ByteBuffer, T> reader) {
        // DJL's native code would crash the JVM on an array of strings.
        DataTypes.checkSupported(0, array.getDataType());
        NDArray here = array.toDevice(Device.cpu(), copyingAlways);
        // DJL makes a manager for each array that it copies to another device.
        NDManager owner = here.getManager();
        try {
            // Converted here, since not every device has float64.
            NDArray typed = here.toType(type, false);
            try {
                // Not a direct buffer, for which DJL makes a contiguous array that it keeps.
                return reader.apply(typed.toByteBuffer(false));
            } finally {
                closeUnlessSame(typed, here);
            }
        } finally {
            closeUnlessSame(here, array);
            if (owner != array.getManager()) {
                owner.close();
            }
        }
    }

    private static void closeUnlessSame(NDArray array, NDArray original) {
        if (array != original) {
            array.close();
        }
    }

    static void setCopyingAlways(boolean always) {
        copyingAlways = always;
    }
}
