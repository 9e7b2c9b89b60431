package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;

import io.github.djlctc.batch.CTCBatch;

import java.util.stream.IntStream;

/** Computes the losses of a batch, and their gradients, in Java, over all classes. */
final class DenseForwardBackward {

    private final CTCBatch batch;
    private final LossSettings settings;
    private final ParallelForwardBackward samples;

    DenseForwardBackward(CTCBatch batch, LossSettings settings) {
        this.batch = batch;
        this.settings = settings;
        samples = ParallelForwardBackward.ofClasses(batch, settings);
    }

    /**
     * Computes the loss of every sample.
     *
     * @param logits the logits, on the CPU
     * @param posteriors their softmax, contiguous; may be changed
     * @return the losses, infinite ones among them
     */
    double[] losses(NDArray logits, NDArray posteriors) {
        ArrayElements memory = ArrayElements.of(posteriors);
        return withFailed(samples.losses(memory), logits, memory);
    }

    /**
     * Computes the loss of every sample and its gradient.
     *
     * @param logits the logits, on the CPU
     * @param posteriors their softmax, contiguous, which becomes the gradient of each sample's loss
     * @return the losses, infinite ones among them
     */
    double[] lossesAndGradient(NDArray logits, NDArray posteriors) {
        ArrayElements memory = ArrayElements.of(posteriors);
        double[] losses = withFailed(samples.lossesAndGradient(memory), logits, memory);
        for (int n = 0; n < losses.length; n++) {
            fill(n, losses[n], memory);
        }
        return losses;
    }

    /** Computes those that failed over logarithms. */
    private double[] withFailed(double[] losses, NDArray logits, ArrayElements memory) {
        int[] failed =
                IntStream.range(0, losses.length).filter(n -> Double.isNaN(losses[n])).toArray();
        if (failed.length > 0) {
            try (NDArray values = logits.stopGradient();
                    NDArray contiguous = values.flatten()) {
                ArrayElements all = ArrayElements.of(contiguous);
                samples.run(
                        failed.length,
                        () -> i -> losses[failed[i]] = logLoss(failed[i], all, memory));
            }
        }
        return losses;
    }

    private double logLoss(int n, ArrayElements logits, ArrayElements memory) {
        return new LogForwardBackward(samples.get(n), logits, batch.classes())
                .lossAndGradient(memory);
    }

    /** Sets the gradient where it is not the posteriors less the occupancy. */
    private void fill(int n, double loss, ArrayElements memory) {
        Sample sample = samples.get(n);
        int valid = sample.frames();
        if (!Double.isFinite(loss)) {
            boolean zero = settings.dropsInfinite() && loss == Double.POSITIVE_INFINITY;
            fill(sample, 0, valid, zero ? 0 : Double.NaN, memory);
        }
        fill(sample, valid, batch.frames(), 0, memory);
    }

    private void fill(Sample sample, int from, int to, double value, ArrayElements memory) {
        for (int t = from; t < to; t++) {
            memory.fill(sample.row(t), batch.classes(), value);
        }
    }
}
