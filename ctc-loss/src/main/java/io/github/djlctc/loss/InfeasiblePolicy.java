package io.github.djlctc.loss;

/**
 * What {@link CTCLoss} does with samples whose loss is infinite, because no alignment of the target
 * fits into their frames.
 */
public enum InfeasiblePolicy {
    /** The sample adds zero loss and zero gradient; it is counted and reported once per epoch. */
    ZERO,
    /**
     * The sample's loss is infinite and its gradient NaN in its frames, as in PyTorch by default.
     */
    KEEP_INFINITE,
    /**
     * A sample with too few frames is a {@link io.github.djlctc.batch.CTCInputException}. One to
     * which the logits give probability zero (by a logit of minus infinity) is infinite.
     */
    THROW
}
