package io.github.djlctc.loss;

/**
 * The memory that {@link CTCLoss} takes for a batch in a step of training on the CPU, {@link
 * CTCAlgorithm#SCALED}: to foresee what long samples need.
 *
 * <p>The forward variables of long samples are not all kept, so what is left depends on the number
 * of logits, which also the model makes.
 *
 * @param logits the bytes of the logits, and of the two arrays of their size that are made of them
 * @param variables the bytes of Java's heap that forward and backward variables take
 */
public record LossMemory(long logits, long variables) {

    private static final int ARRAYS = 3;

    /**
     * Computes the memory of a batch of float32 logits.
     *
     * @param samples the number of samples, at least 1
     * @param frames the number of frames of the longest of them, T
     * @param classes the number of classes, C
     * @param labels the number of labels of the longest target, S
     * @return the memory
     */
    public static LossMemory of(long samples, int frames, int classes, int labels) {
        // Over logarithms only after the other computation gave up.
        long one =
                Math.max(
                        ScaledForwardBackward.bytes(frames, labels),
                        LogForwardBackward.bytes(frames, labels));
        long threads = Math.min(samples, Runtime.getRuntime().availableProcessors());
        return new LossMemory(ARRAYS * Float.BYTES * samples * frames * classes, threads * one);
    }

    /**
     * Returns all of it.
     *
     * @return bytes
     */
    public long bytes() {
        return logits + variables;
    }
}
