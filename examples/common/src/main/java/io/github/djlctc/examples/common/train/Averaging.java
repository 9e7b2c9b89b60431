package io.github.djlctc.examples.common.train;

import java.util.OptionalDouble;

/**
 * What is averaged in a run.
 *
 * @param decay the decay of the average of the parameters ({@link
 *     io.github.djlctc.checkpoint.ParameterAverage}), which then is what is evaluated and saved;
 *     empty for none
 * @param bestEpochs the mean of the parameters of so many of the best epochs is measured at the
 *     end, and becomes the model if it is better; 0 for none
 */
public record Averaging(OptionalDouble decay, int bestEpochs) {

    /** The parameters of the best epoch as they are. */
    public static final Averaging NONE = new Averaging(OptionalDouble.empty(), 0);

    /**
     * Checks the ranges.
     *
     * @param decay above 0 and below 1
     * @param bestEpochs 0, or 2 or more: the mean of one is that one
     */
    public Averaging {
        if (decay.isPresent() && !(decay.getAsDouble() > 0 && decay.getAsDouble() < 1)) {
            throw new IllegalArgumentException(
                    "decay of the average: "
                            + decay.getAsDouble()
                            + " is out of range, above 0 and below 1 expected");
        }
        if (bestEpochs < 0 || bestEpochs == 1) {
            throw new IllegalArgumentException(
                    "mean of best epochs: "
                            + bestEpochs
                            + " is out of range, 2 or more expected, or 0 for none");
        }
    }

    /**
     * Tells what is averaged.
     *
     * @return some words for each, separated by commas; empty if nothing is
     */
    @Override
    public String toString() {
        String average = decay.isPresent() ? "moving average of decay " + decay.getAsDouble() : "";
        String mean = bestEpochs > 0 ? "mean of the best " + bestEpochs + " epochs" : "";
        return average + (average.isEmpty() || mean.isEmpty() ? "" : ", ") + mean;
    }
}
