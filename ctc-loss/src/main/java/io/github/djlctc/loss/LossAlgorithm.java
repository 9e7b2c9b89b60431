package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.loss.CTCPrograms.Output;

/** One way to compute the losses of a batch whose targets and lengths are checked. */
interface LossAlgorithm {

    /** Computes the loss of a batch as one number. */
    Evaluation reduced(NDArray logits, CTCBatch batch, LossSettings settings);

    /** Computes the loss of every sample. */
    Evaluation perSample(NDArray logits, CTCBatch batch, LossSettings settings);

    /**
     * The result of a computation.
     *
     * @param loss the scalar, or the losses (N), through which back-propagation reaches the logits
     * @param values the same numbers for metrics
     */
    record Evaluation(NDArray loss, HostValues values) {

        private static final Shape SCALAR = new Shape();
        private static final Shape ROW = new Shape(-1);

        /** Takes the results of a program. */
        static Evaluation of(NDList results, Output output) {
            results.get(2).close();
            // Not in the program, where the compiler could join it with the product before it.
            try (NDArray loss = results.get(0)) {
                NDArray shaped = loss.reshape(output == Output.REDUCED ? SCALAR : ROW);
                return new Evaluation(shaped, new HostValues.OfArray(results.get(1)));
            }
        }
    }
}
