package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

import io.github.djlctc.batch.CTCBatch;

import java.util.function.BiFunction;

/**
 * Computes losses on the CPU for a device without float64 or without PyTorch's ctc_loss, such as
 * Apple's MPS. The logits are copied to the CPU, and back-propagation copies the gradient back.
 */
final class HostDetour implements LossAlgorithm {

    static final HostDetour INSTANCE = new HostDetour();

    private HostDetour() {}

    @Override
    public Evaluation reduced(NDArray logits, CTCBatch batch, LossSettings settings) {
        return run(logits, (here, algorithm) -> algorithm.reduced(here, batch, settings));
    }

    @Override
    public Evaluation perSample(NDArray logits, CTCBatch batch, LossSettings settings) {
        return run(logits, (here, algorithm) -> algorithm.perSample(here, batch, settings));
    }

    private static Evaluation run(
            NDArray logits, BiFunction<NDArray, LossAlgorithm, Evaluation> computation) {
        // DJL makes a manager for each array that it copies to another device; this one owns them.
        try (NDManager scratch = logits.getManager().newSubManager()) {
            NDArray view = logits.reshape(logits.getShape());
            view.attach(scratch);
            // Copied even on the CPU, so that it is always the differentiable operator of the
            // engine.
            NDArray here = view.toDevice(Device.cpu(), true);
            Evaluation evaluation = computation.apply(here, CTCAlgorithm.AUTO.choose(here));
            NDArray loss = evaluation.loss().toDevice(logits.getDevice(), true);
            loss.attach(logits.getManager());
            return new Evaluation(loss, evaluation.values().onHost());
        }
    }
}
