package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;

/**
 * How {@link CTCLoss} computes. The loss and its gradient are the same up to rounding, and so are
 * the checks, options and errors.
 */
public enum CTCAlgorithm {
    /**
     * {@link #SCALED} on the CPU; on CUDA, and for logits of 2 GiB or more, {@link #COMPACT}. A
     * batch that the memory of a GPU is too small for is computed on the CPU. On other devices,
     * such as Apple's MPS, which has no float64, the loss is computed on the CPU, and its gradient
     * copied back. All add up alignments in float64, so the gradients of two devices agree.
     */
    AUTO,
    /**
     * PyTorch's native operator on the logarithmic softmax over all C classes, as in {@code
     * torch.nn.CTCLoss}. It adds logarithms in the precision of the logits: in float32, its
     * gradients are off by up to 5e-3 of their greatest element at 1,000 frames. On the CPU and
     * CUDA.
     */
    DENSE,
    /**
     * PyTorch's native operator in float64 on the columns of the classes that occur in each target,
     * and the blank's. Of the C classes only a softmax is left, which saves most of the time and a
     * third of the memory where C is far above the target lengths. On the CPU and CUDA. Like {@link
     * #DENSE}, it keeps 2 (2 S + 1) numbers for every frame of every sample: 1.9 GB for a sample of
     * 60,000 frames and 1,000 labels.
     */
    COMPACT,
    /**
     * Forward-backward over probabilities in float64 with a factor for each frame (Graves et al.
     * 2006, section 4.1; L. Rabiner, "A Tutorial on Hidden Markov Models", 1989, section V.A), in
     * Java on the cores that PyTorch may use; a sample whose probabilities float64 cannot hold is
     * computed again over logarithms. Logits from 48 MiB on, with many more classes than labels in
     * a target, are normalized in blocks, so that the gradient is the only array of their size;
     * they must not be changed in place before back-propagation, which reports it as an error. Of
     * long samples the numbers of some frames are kept and the others computed again, with the same
     * result: 20 MB for 60,000 frames and 1,000 labels. For logits of less than 2 GiB on the CPU.
     */
    SCALED;

    private static final long LARGEST_MEMORY = Integer.MAX_VALUE;

    /**
     * Chooses for a batch of logits.
     *
     * @throws IllegalArgumentException if this algorithm cannot compute them
     */
    LossAlgorithm choose(NDArray logits) {
        return switch (this) {
            case AUTO -> fitting(logits);
            case DENSE -> require(hasNativeLoss(logits), logits, NativeAlgorithm.DENSE);
            case COMPACT -> require(hasNativeLoss(logits), logits, NativeAlgorithm.COMPACT);
            case SCALED -> require(isAccessible(logits), logits, ScaledAlgorithm.INSTANCE);
        };
    }

    private static LossAlgorithm fitting(NDArray logits) {
        if (isAccessible(logits)) {
            return ScaledAlgorithm.INSTANCE;
        }
        if (isOnCpu(logits)) {
            return NativeAlgorithm.COMPACT;
        }
        return hasNativeLoss(logits) ? NativeOrHost.INSTANCE : HostDetour.INSTANCE;
    }

    private LossAlgorithm require(boolean possible, NDArray logits, LossAlgorithm algorithm) {
        if (!possible) {
            throw new IllegalArgumentException(
                    this
                            + (this == SCALED
                                    ? " is for logits of less than 2 GiB on the CPU"
                                    : " is for logits on the CPU or on CUDA")
                            + ", but these have the shape "
                            + logits.getShape()
                            + " on "
                            + logits.getDevice()
                            + "; use "
                            + AUTO);
        }
        return algorithm;
    }

    /** Tells whether Java can access the elements. */
    private static boolean isAccessible(NDArray logits) {
        // float16 is computed in float32.
        long bytes = Math.max(4, logits.getDataType().getNumOfBytes());
        return isOnCpu(logits) && logits.size() <= LARGEST_MEMORY / bytes;
    }

    private static boolean hasNativeLoss(NDArray logits) {
        return isOnCpu(logits) || logits.getDevice().isGpu();
    }

    private static boolean isOnCpu(NDArray logits) {
        return logits.getDevice().equals(Device.cpu());
    }
}
