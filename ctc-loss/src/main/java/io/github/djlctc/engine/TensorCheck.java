package io.github.djlctc.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Checks a tensor before native code gets it. Some operators of PyTorch trust what they are told
 * about their arguments, and read and write beyond the memory of a tensor that is smaller.
 *
 * <p>Nothing is read from the device.
 */
public final class TensorCheck {

    private static final Set<DataType> REAL = EnumSet.of(DataType.FLOAT32, DataType.FLOAT64);

    private final String name;
    private final NDArray tensor;

    private TensorCheck(String name, NDArray tensor) {
        this.name = name;
        this.tensor = tensor;
    }

    /**
     * Begins to check a tensor.
     *
     * @param name what it is called in messages, such as "the input"
     * @param tensor the tensor
     * @return its check
     */
    public static TensorCheck of(String name, NDArray tensor) {
        return new TensorCheck(name, tensor);
    }

    /**
     * Checks that the elements are float32 or float64.
     *
     * @return this check
     * @throws TensorMismatchException if they are of another type
     */
    public TensorCheck isReal() {
        if (!REAL.contains(tensor.getDataType())) {
            throw mismatch(tensor.getDataType().toString(), REAL.toString());
        }
        return this;
    }

    /**
     * Checks that the elements are float16, float32 or float64.
     *
     * @return this check
     * @throws TensorMismatchException if they are of another type
     */
    public TensorCheck isFloating() {
        return tensor.getDataType() == DataType.FLOAT16 ? this : isReal();
    }

    /**
     * Checks that the elements are integers.
     *
     * @return this check
     * @throws TensorMismatchException if they are of another type
     */
    public TensorCheck isInteger() {
        if (!tensor.getDataType().isInteger()) {
            throw mismatch(tensor.getDataType().toString(), "int64");
        }
        return this;
    }

    /**
     * Checks the shape.
     *
     * @param expected the sizes of all dimensions; -1 for a size of 1 or more
     * @return this check
     * @throws TensorMismatchException if the shape is another
     */
    public TensorCheck hasShape(Shape expected) {
        return hasShape(expected, "");
    }

    /**
     * Checks the shape.
     *
     * @param expected the sizes of all dimensions; -1 for a size of 1 or more
     * @param why what demands this shape, such as "a state size of 9", for the message
     * @return this check
     * @throws TensorMismatchException if the shape is another
     */
    public TensorCheck hasShape(Shape expected, String why) {
        if (!fits(tensor.getShape(), expected)) {
            String sizes =
                    Arrays.toString(expected.getShape())
                            .replace('[', '(')
                            .replace(']', ')')
                            .replace("-1", "1 or more");
            throw mismatch(
                    "of the shape " + tensor.getShape(),
                    "of " + sizes + (why.isEmpty() ? "" : " by " + why));
        }
        return this;
    }

    private static boolean fits(Shape shape, Shape expected) {
        boolean fits = shape.dimension() == expected.dimension();
        for (int i = 0; fits && i < shape.dimension(); i++) {
            long size = expected.get(i);
            fits = size == -1 ? shape.get(i) >= 1 : shape.get(i) == size;
        }
        return fits;
    }

    /**
     * Checks that the tensor has the data type of another one, and is on its device.
     *
     * @param otherName what the other one is called in messages
     * @param other the other tensor
     * @return this check
     * @throws TensorMismatchException if it does not
     */
    public TensorCheck isLike(String otherName, NDArray other) {
        if (tensor.getDataType() != other.getDataType()) {
            throw mismatch(
                    tensor.getDataType().toString(),
                    other.getDataType() + ", the type of " + otherName);
        }
        return isOn(other.getDevice());
    }

    /**
     * Checks the device.
     *
     * @param device where the tensor must be
     * @return this check
     * @throws TensorMismatchException if it is on another device
     */
    public TensorCheck isOn(Device device) {
        if (!tensor.getDevice().equals(device)) {
            throw mismatch("on " + tensor.getDevice(), "on " + device);
        }
        return this;
    }

    private TensorMismatchException mismatch(String found, String expected) {
        return new TensorMismatchException(name + " is " + found + ", but must be " + expected);
    }
}
