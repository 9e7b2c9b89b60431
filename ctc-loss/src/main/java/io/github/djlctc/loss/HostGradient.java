package io.github.djlctc.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;

import io.github.djlctc.dataset.CTCBatch;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Computes the losses of a batch, and their gradients, in Java. */
final class HostGradient {

    /** Below this number of cells, waking another thread takes longer than the work. */
    private static final long CELLS_WORTH_A_THREAD = 20_000;

    private final CTCBatch batch;
    private final LossSettings settings;
    private final Sample[] samples;

    HostGradient(CTCBatch batch, LossSettings settings) {
        this.batch = batch;
        this.settings = settings;
        samples = new Sample[batch.size()];
        int sampleStride = settings.isTimeMajor() ? 1 : batch.frames();
        int frameStride = settings.isTimeMajor() ? batch.size() : 1;
        for (int n = 0; n < samples.length; n++) {
            samples[n] =
                    new Sample(
                            batch.target(n),
                            settings.blank(),
                            settings.readFrames(batch, n),
                            n * sampleStride * batch.classes(),
                            frameStride * batch.classes());
        }
    }

    /**
     * Computes the loss of every sample.
     *
     * @param logits the logits, on the CPU
     * @param posteriors their softmax, contiguous; may be changed
     * @return the losses, infinite ones among them
     */
    double[] losses(NDArray logits, NDArray posteriors) {
        ArrayMemory memory = ArrayMemory.of(posteriors);
        return compute(logits, memory, ScaledForwardBackward::loss);
    }

    /**
     * Computes the loss of every sample and its gradient.
     *
     * @param logits the logits, on the CPU
     * @param posteriors their softmax, contiguous, which becomes the gradient of each sample's loss
     * @return the losses, infinite ones among them
     */
    double[] lossesAndGradient(NDArray logits, NDArray posteriors) {
        ArrayMemory memory = ArrayMemory.of(posteriors);
        double[] losses = compute(logits, memory, ScaledForwardBackward::lossAndGradient);
        for (int n = 0; n < samples.length; n++) {
            fill(n, losses[n], memory);
        }
        return losses;
    }

    private interface Computation {
        double loss(ScaledForwardBackward arrays, Sample sample, ArrayMemory memory);
    }

    private double[] compute(NDArray logits, ArrayMemory memory, Computation computation) {
        double[] losses = new double[samples.length];
        SampleLoop.run(
                samples.length,
                threads(),
                () -> {
                    ScaledForwardBackward arrays = arrays();
                    return n -> losses[n] = loss(n, arrays, memory, computation);
                });
        int[] failed =
                IntStream.range(0, losses.length).filter(n -> Double.isNaN(losses[n])).toArray();
        if (failed.length > 0) {
            try (NDArray values = logits.stopGradient();
                    NDArray contiguous = values.flatten()) {
                ArrayMemory all = ArrayMemory.of(contiguous);
                SampleLoop.run(
                        failed.length,
                        threads(),
                        () -> i -> losses[failed[i]] = logLoss(samples[failed[i]], all, memory));
            }
        }
        return losses;
    }

    private double loss(
            int n, ScaledForwardBackward arrays, ArrayMemory memory, Computation computation) {
        if (!batch.hasEnoughFrames(n)) {
            return Double.POSITIVE_INFINITY;
        }
        // Without frames and labels, the one alignment is empty.
        return samples[n].frames() == 0 ? 0 : computation.loss(arrays, samples[n], memory);
    }

    private double logLoss(Sample sample, ArrayMemory logits, ArrayMemory memory) {
        return new LogForwardBackward(sample, logits, batch.classes()).lossAndGradient(memory);
    }

    /** Sets the gradient where it is not the posteriors less the occupancy. */
    private void fill(int n, double loss, ArrayMemory memory) {
        Sample sample = samples[n];
        int valid = sample.frames();
        if (!Double.isFinite(loss)) {
            boolean zero = settings.dropsInfinite() && loss == Double.POSITIVE_INFINITY;
            fill(sample, 0, valid, zero ? 0 : Double.NaN, memory);
        }
        fill(sample, valid, batch.frames(), 0, memory);
    }

    private void fill(Sample sample, int from, int to, double value, ArrayMemory memory) {
        for (int t = from; t < to; t++) {
            memory.fill(sample.row(t), batch.classes(), value);
        }
    }

    private ScaledForwardBackward arrays() {
        int frames = Arrays.stream(samples).mapToInt(Sample::frames).max().orElse(0);
        int labels = Arrays.stream(samples).mapToInt(Sample::labels).max().orElse(0);
        return new ScaledForwardBackward(frames, labels);
    }

    private int threads() {
        long cells = Arrays.stream(samples).mapToLong(Sample::cells).sum();
        return cells < CELLS_WORTH_A_THREAD ? 1 : JniUtils.getNumThreads();
    }
}
