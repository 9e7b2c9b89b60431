package io.github.djlctc.troubleshooting;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;

import io.github.djlctc.engine.TorchScriptProgram;

import java.util.function.Supplier;

/** PyTorch's own {@code ctc_loss}, without the checks of the library. */
final class NativeLoss {

    private static final TorchScriptProgram PROGRAM =
            TorchScriptProgram.ofResource(NativeLoss.class, "native_ctc_loss.py");

    private NativeLoss() {}

    /**
     * Returns the loss of every sample as PyTorch's users compute it: behind a log_softmax.
     *
     * @param logits (N,T,C)
     * @param targets (N,S)
     */
    static NDArray ofLogits(
            NDArray logits, NDArray targets, long[] inputLengths, long[] targetLengths) {
        return ofLogProbabilities(logits.logSoftmax(2), targets, inputLengths, targetLengths);
    }

    /** Returns the loss of what the caller says are log probabilities (N,T,C). */
    static NDArray ofLogProbabilities(
            NDArray logProbabilities, NDArray targets, long[] inputLengths, long[] targetLengths) {
        NDManager manager = logProbabilities.getManager();
        return PROGRAM.run(
                        new NDList(
                                logProbabilities.transpose(1, 0, 2),
                                targets,
                                manager.create(inputLengths),
                                manager.create(targetLengths),
                                manager.create(0L)))
                .singletonOrThrow();
    }

    /** Returns the gradient of the sum of losses with respect to the logits. */
    static NDArray gradient(NDArray logits, Supplier<NDArray> losses) {
        logits.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(losses.get().sum());
        }
        return logits.getGradient();
    }
}
