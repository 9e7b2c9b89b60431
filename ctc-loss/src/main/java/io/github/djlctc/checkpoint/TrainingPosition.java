package io.github.djlctc.checkpoint;

/**
 * How far training has come: what a sampler needs to go on with the batch that would have been
 * next.
 *
 * @param epoch the epoch, from 0
 * @param batch the number of batches of the epoch that are done
 */
public record TrainingPosition(int epoch, int batch) {

    /** Before the first batch. */
    public static final TrainingPosition START = new TrainingPosition(0, 0);

    /**
     * Checks the ranges.
     *
     * @param epoch 0 or more
     * @param batch 0 or more
     */
    public TrainingPosition {
        if (epoch < 0 || batch < 0) {
            throw new IllegalArgumentException(
                    "epoch " + epoch + ", batch " + batch + ": neither may be negative");
        }
    }
}
