package io.github.djlctc.loss;

/** How the losses of a batch become one number. */
public enum Reduction {
    /**
     * Each loss divided by its target length (by 1 if the target is empty), then averaged over the
     * batch: {@code reduction='mean'} of PyTorch.
     */
    MEAN {
        @Override
        double weight(int targetLength, int samples) {
            return 1.0 / Math.max(targetLength, 1) / samples;
        }
    },
    /** The sum of the losses. */
    SUM {
        @Override
        double weight(int targetLength, int samples) {
            return 1;
        }
    };

    /** Returns the factor of a sample's loss in the sum. */
    abstract double weight(int targetLength, int samples);
}
