package io.github.djlctc.examples.common.train;

/**
 * Where the time of an epoch's training steps went, in seconds. NaN where it was not measured, as
 * in epochs of earlier versions.
 *
 * <p>On a GPU, operators run after the calls that start them. A part is then the time until its
 * calls return; the next part that reads a result also waits for what the device still has to do.
 *
 * @param waiting waiting for batches
 * @param forward the model
 * @param backward the loss, and propagating back
 * @param update clipping, what is watched of a step, and the optimizer
 */
public record StepTimes(double waiting, double forward, double backward, double update) {

    /** Not measured. */
    public static final StepTimes UNKNOWN =
            new StepTimes(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** {@return the seconds of all parts} */
    public double total() {
        return waiting + forward + backward + update;
    }
}
