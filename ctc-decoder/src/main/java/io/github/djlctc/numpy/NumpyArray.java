package io.github.djlctc.numpy;

import java.util.Arrays;

/**
 * An array of 32-bit or 64-bit floating point numbers as NumPy stores it, in row-major (C) order.
 */
public final class NumpyArray {

    private final int[] shape;
    private final double[] doubles;
    private final float[] floats;

    private NumpyArray(int[] shape, double[] doubles, float[] floats) {
        this.shape = shape;
        this.doubles = doubles;
        this.floats = floats;
    }

    static NumpyArray ofFloats(int[] shape, float[] values) {
        return new NumpyArray(shape, null, values);
    }

    static NumpyArray ofDoubles(int[] shape, double[] values) {
        return new NumpyArray(shape, values, null);
    }

    /** {@return the length of each dimension; no dimensions for a single number} */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * {@return the values as float32, row by row; float64 values are rounded} Do not change them.
     */
    public float[] floats() {
        if (floats != null) {
            return floats;
        }
        float[] narrowed = new float[doubles.length];
        for (int i = 0; i < narrowed.length; i++) {
            narrowed[i] = (float) doubles[i];
        }
        return narrowed;
    }

    /** {@return the values as float64, row by row} Do not change them. */
    public double[] doubles() {
        if (doubles != null) {
            return doubles;
        }
        double[] widened = new double[floats.length];
        for (int i = 0; i < widened.length; i++) {
            widened[i] = floats[i];
        }
        return widened;
    }

    /** {@return the shape, such as {@code float32 [120, 13]}} */
    @Override
    public String toString() {
        return (floats != null ? "float32 " : "float64 ") + Arrays.toString(shape);
    }
}
