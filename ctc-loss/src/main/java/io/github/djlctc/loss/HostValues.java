package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;

import io.github.djlctc.host.HostArrays;

/**
 * The reduced loss of a batch, followed by the loss of every sample before infinite ones were
 * dropped: kept where they were computed until somebody reads them.
 */
sealed interface HostValues extends AutoCloseable {

    /** Brings the values to the host. */
    double[] read();

    /** Returns the values independent of any array, and closes these. */
    default HostValues onHost() {
        try (this) {
            return new OnHost(read());
        }
    }

    /** Tells whether the values can still be read. */
    boolean isReleased();

    @Override
    void close();

    /** Values that are on the host. */
    final class OnHost implements HostValues {

        private final double[] values;

        OnHost(double[] values) {
            this.values = values;
        }

        @Override
        public double[] read() {
            return values.clone();
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
        public boolean isReleased() {
            return array.isReleased();
        }

        @Override
        public void close() {
            array.close();
        }
    }
}
