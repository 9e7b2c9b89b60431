package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.dataset.CTCBatch;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.Stream;

/** The result of the latest evaluation on a device, kept for the metrics of the same batch. */
final class EvaluatedBatch implements AutoCloseable {

    private final List<WeakReference<NDArray>> arrays;
    private final CTCBatch batch;
    private final NDArray summary;

    EvaluatedBatch(NDList labels, NDList predictions, CTCBatch batch, NDArray summary) {
        arrays =
                Stream.concat(labels.stream(), predictions.stream())
                        .map(WeakReference::new)
                        .toList();
        this.batch = batch;
        this.summary = summary;
    }

    /**
     * Tells whether the arrays are the very ones that were evaluated, and the result still there.
     */
    boolean isOf(NDList labels, NDList predictions) {
        if (summary.isReleased() || arrays.size() != labels.size() + predictions.size()) {
            return false;
        }
        int i = 0;
        for (NDArray array : labels) {
            if (arrays.get(i++).get() != array) {
                return false;
            }
        }
        for (NDArray array : predictions) {
            if (arrays.get(i++).get() != array) {
                return false;
            }
        }
        return true;
    }

    CTCBatch batch() {
        return batch;
    }

    /** Returns the reduced loss, followed by the raw loss of every sample. */
    double[] losses() {
        if (summary.getDataType() == DataType.FLOAT64) {
            return summary.toDoubleArray();
        }
        float[] values = summary.toFloatArray();
        double[] losses = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            losses[i] = values[i];
        }
        return losses;
    }

    @Override
    public void close() {
        summary.close();
    }
}
