package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

import io.github.djlctc.batch.CTCBatch;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The result of the latest evaluation on a device, kept for the metrics of the same batch. */
final class EvaluatedBatch implements AutoCloseable {

    /** The labels, then the predictions. */
    private final List<WeakReference<NDArray>> arrays;

    private final CTCBatch batch;
    private final Device device;
    private final HostValues values;
    private boolean leftOut;

    EvaluatedBatch(NDList labels, NDList predictions, CTCBatch batch, HostValues values) {
        arrays =
                Stream.concat(labels.stream(), predictions.stream())
                        .map(WeakReference::new)
                        .toList();
        this.batch = batch;
        this.values = values;
        device = predictions.head().getDevice();
    }

    Device device() {
        return device;
    }

    /**
     * Returns the losses if the arrays are the same objects that were evaluated, and the result has
     * not been released.
     */
    synchronized Optional<BatchLosses> lossesOf(NDList labels, NDList predictions) {
        return isOf(labels, predictions) ? Optional.of(losses()) : Optional.empty();
    }

    /** Leaves the losses out of accumulators from now on, if the arrays are the evaluated ones. */
    synchronized boolean leaveOut(NDList labels, NDList predictions) {
        boolean matches = isOf(labels, predictions);
        leftOut |= matches;
        return matches;
    }

    CTCBatch batch() {
        return batch;
    }

    HostValues values() {
        return values;
    }

    private boolean isOf(NDList labels, NDList predictions) {
        if (values.isReleased() || arrays.size() != labels.size() + predictions.size()) {
            return false;
        }
        int i = 0;
        for (NDArray array : labels) {
            if (!arrays.get(i++).refersTo(array)) {
                return false;
            }
        }
        for (NDArray array : predictions) {
            if (!arrays.get(i++).refersTo(array)) {
                return false;
            }
        }
        return true;
    }

    BatchLosses losses() {
        return new BatchLosses(batch, values.read(), leftOut);
    }

    // Synchronized because another thread may evaluate the next batch while this one is read.
    @Override
    public synchronized void close() {
        values.close();
    }
}
