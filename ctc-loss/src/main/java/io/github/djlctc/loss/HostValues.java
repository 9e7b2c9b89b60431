package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import io.github.djlctc.host.HostArrays;

/**
 * The reduced loss of a batch, followed by the loss of every sample before infinite ones were
 * dropped. They stay on the device until they are read.
 */
sealed interface HostValues extends AutoCloseable {

    /** Returns the values, after copying them to the host if needed. */
    double[] read();

    /** Reads the values, closes this, and returns them without an array. */
    default HostValues onHost() {
        try (this) {
            return new OnHost(read());
        }
    }

    /** Returns the values as an array of the device of a manager, which then owns it. */
    NDArray on(NDManager manager);

    /** Tells whether the values can no longer be read. */
    boolean isReleased();

    @Override
    void close();

    /** Values that are on the host. */
    final class OnHost implements HostValues {

        /** The reduced loss, then the loss of each sample. */
        private final double[] values;

        OnHost(double[] values) {
            this.values = values;
        }

        @Override
        public double[] read() {
            return values.clone();
        }

        @Override
        public NDArray on(NDManager manager) {
            // Not every device has float64.
            float[] narrow = new float[values.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) values[i];
            }
            return manager.create(narrow);
        }

        @Override
        public boolean isReleased() {
            return false;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** Values in an array, which is gone when its manager is closed. */
    final class OfArray implements HostValues {

        private final NDArray array;

        /** The reduced loss, then the loss of each sample; null until they are read. */
        private double[] values;

        OfArray(NDArray array) {
            this.array = array;
        }

        @Override
        public synchronized double[] read() {
            if (values == null) {
                values = HostArrays.readDoubles(array);
            }
            return values.clone();
        }

        @Override
        public NDArray on(NDManager manager) {
            NDArray same = array.stopGradient();
            same.attach(manager);
            return same;
        }

        @Override
        public boolean isReleased() {
            return array.isReleased();
        }

        @Override
        public void close() {
            array.close();
        }
    }
}
