package io.github.djlctc.audit;

import java.util.Arrays;

/** A list of float32 numbers that grows as needed. */
final class FloatList {

    /** The numbers, then free places. */
    private float[] values = new float[256];

    private int size;

    void add(float value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int size() {
        return size;
    }

    float[] sorted() {
        float[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
