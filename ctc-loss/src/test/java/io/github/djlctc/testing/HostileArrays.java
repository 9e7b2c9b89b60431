package io.github.djlctc.testing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.util.List;
import java.util.Random;

/** Arrays for hostile calls. */
public final class HostileArrays {

    private static final List<DataType> TYPES =
            List.of(
                    DataType.FLOAT16,
                    DataType.FLOAT32,
                    DataType.FLOAT64,
                    DataType.INT32,
                    DataType.INT64,
                    DataType.INT8,
                    DataType.UINT8,
                    DataType.BOOLEAN);

    private final Random random;
    private final NDManager manager;

    public HostileArrays(Random random, NDManager manager) {
        this.random = random;
        this.manager = manager;
    }

    /** Tells whether something that happens once in so many calls happens in this one. */
    public boolean onceIn(int calls) {
        return random.nextInt(calls) == 0;
    }

    /** Returns any type of numbers. */
    public DataType type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    /** Returns float32 or float64. */
    public DataType realType() {
        return random.nextBoolean() ? DataType.FLOAT32 : DataType.FLOAT64;
    }

    /** Returns a shape that differs in one size, by little or much, or in the dimensions. */
    public Shape otherThan(Shape shape) {
        long[] sizes = shape.getShape().clone();
        if (sizes.length == 0 || onceIn(5)) {
            return shape.add(1 + random.nextInt(3));
        }
        if (onceIn(5)) {
            return shape.slice(1).equals(shape) ? shape.add(2) : shape.slice(1);
        }
        int i = random.nextInt(sizes.length);
        long[] choices = {0, 1, sizes[i] + 1, sizes[i] - 1, 2 * sizes[i], 40 * sizes[i]};
        long other = choices[random.nextInt(choices.length)];
        sizes[i] = other == sizes[i] ? sizes[i] + 1 : other;
        return new Shape(sizes);
    }

    /** Returns an array, sometimes with strides of its own. */
    public NDArray array(Shape shape, DataType type) {
        int last = shape.dimension() - 1;
        if (last >= 1 && onceIn(4)) {
            long[] swapped = shape.getShape().clone();
            swapped[0] = shape.get(last);
            swapped[last] = shape.get(0);
            return values(new Shape(swapped), type).swapAxes(0, last);
        }
        return values(shape, type);
    }

    private NDArray values(Shape shape, DataType type) {
        NDArray values = manager.zeros(shape, DataType.FLOAT32).add(random.nextFloat());
        return values.toType(type, false);
    }
}
