package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

import io.github.djlctc.dataset.CTCBatch;

/** One way to compute the losses of a batch whose targets and lengths are checked. */
interface LossAlgorithm {

    /** Computes the loss of a batch as one number. */
    Evaluation reduced(NDArray logits, CTCBatch batch, LossSettings settings);

    /** Computes the loss of every sample. */
    Evaluation perSample(NDArray logits, CTCBatch batch, LossSettings settings);

    /**
     * What came out.
     *
     * @param loss the scalar, or the losses (N), through which back-propagation reaches the logits
     * @param values the same for metrics
     */
    record Evaluation(NDArray loss, HostValues values) {

        static Evaluation of(NDList results, int wanted, int other) {
            results.get(other).close();
            return new Evaluation(results.get(wanted), new HostValues.OfArray(results.get(2)));
        }
    }
}
