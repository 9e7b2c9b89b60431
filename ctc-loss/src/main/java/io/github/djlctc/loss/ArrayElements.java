package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/**
 * The elements of an array on the CPU, read and written where the engine keeps them. Usable as long
 * as the array is open; by several threads at once for different elements.
 */
abstract sealed class ArrayElements {

    /**
     * Opens the memory of an array.
     *
     * @param array a contiguous array of float32 or float64, of less than 2 GiB
     */
    static ArrayElements of(NDArray array) {
        ByteBuffer memory = array.toByteBuffer(true);
        return array.getDataType() == DataType.FLOAT64
                ? new OfDoubles(memory.asDoubleBuffer())
                : new OfFloats(memory.asFloatBuffer());
    }

    abstract double get(int index);

    abstract void put(int index, double value);

    abstract void fill(int index, int length, double value);

    final void subtract(int index, double value) {
        put(index, get(index) - value);
    }

    /** The least positive number that has the full precision of its type, with some margin. */
    abstract double leastPrecise();

    private static final class OfFloats extends ArrayElements {

        private final FloatBuffer values;

        OfFloats(FloatBuffer values) {
            this.values = values;
        }

        @Override
        double get(int index) {
            return values.get(index);
        }

        @Override
        void put(int index, double value) {
            values.put(index, (float) value);
        }

        @Override
        void fill(int index, int length, double value) {
            for (int i = index; i < index + length; i++) {
                values.put(i, (float) value);
            }
        }

        @Override
        double leastPrecise() {
            return 100 * Float.MIN_NORMAL;
        }
    }

    private static final class OfDoubles extends ArrayElements {

        private final DoubleBuffer values;

        OfDoubles(DoubleBuffer values) {
            this.values = values;
        }

        @Override
        double get(int index) {
            return values.get(index);
        }

        @Override
        void put(int index, double value) {
            values.put(index, value);
        }

        @Override
        void fill(int index, int length, double value) {
            for (int i = index; i < index + length; i++) {
                values.put(i, value);
            }
        }

        @Override
        double leastPrecise() {
            return 1e10 * Double.MIN_NORMAL;
        }
    }
}
