package io.github.djlctc.loss;

/** How the losses of a batch become one number. */
public enum Reduction {
    /**
     * Each loss divided by its target length (by 1 if the target is empty), then averaged over the
     * batch: {@code reduction='mean'} of PyTorch.
     */
    MEAN,
    /** The sum of the losses. */
    SUM
}
