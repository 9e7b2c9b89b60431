package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;

/**
 * How {@link CTCLoss} computes. The loss and its gradient are the same up to rounding, and so are
 * the checks, options and errors.
 */
public enum CTCAlgorithm {
    /**
     * {@link #PROBABILITY} on the CPU; elsewhere, and for logits of 2 GiB or more, {@link
     * #COMPACT}. Both add up alignments in float64, so the gradients of two devices agree.
     */
    AUTO,
    /**
     * PyTorch's native operator on the logarithmic softmax over all C classes, as in {@code
     * torch.nn.CTCLoss}. It adds logarithms in the precision of the logits: in float32, its
     * gradients are off by up to 5e-3 of their greatest element at 1,000 frames.
     */
    DENSE,
    /**
     * PyTorch's native operator in float64 on the columns of the classes that occur in each target,
     * and the blank's. Of the C classes only a softmax is left, which saves most of the time and a
     * third of the memory where C is far above the target lengths.
     */
    COMPACT,
    /**
     * Forward-backward over probabilities in float64 with a factor for each frame (Graves et al.
     * 2006, section 4.1; L. Rabiner, "A Tutorial on Hidden Markov Models", 1989, section V.A), in
     * Java on the cores that PyTorch may use; a sample whose probabilities float64 cannot hold is
     * computed again over logarithms. Logits from 48 MiB on, with many more classes than labels in
     * a target, are normalized in blocks, so that the gradient is the only array of their size;
     * they must not be changed in place before back-propagation, which reports it as an error. For
     * logits of less than 2 GiB on the CPU.
     */
    PROBABILITY;

    private static final long LARGEST_MEMORY = Integer.MAX_VALUE;

    /** Chooses for a batch of logits. */
    LossAlgorithm choose(NDArray logits) {
        return switch (this) {
            case AUTO -> isOnHost(logits) ? ProbabilityAlgorithm.INSTANCE : NativeAlgorithm.COMPACT;
            case DENSE -> NativeAlgorithm.DENSE;
            case COMPACT -> NativeAlgorithm.COMPACT;
            case PROBABILITY -> {
                if (!isOnHost(logits)) {
                    throw new IllegalArgumentException(
                            PROBABILITY
                                    + " is for logits of less than 2 GiB on the CPU, but these have"
                                    + " the shape "
                                    + logits.getShape()
                                    + " on "
                                    + logits.getDevice()
                                    + "; use "
                                    + AUTO);
                }
                yield ProbabilityAlgorithm.INSTANCE;
            }
        };
    }

    private static boolean isOnHost(NDArray logits) {
        // float16 is computed in float32.
        long bytes = Math.max(4, logits.getDataType().getNumOfBytes());
        return logits.getDevice().equals(Device.cpu()) && logits.size() <= LARGEST_MEMORY / bytes;
    }
}
