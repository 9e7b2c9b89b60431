package io.github.djlctc.loss;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.engine.PyTorch;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The samples of a batch, computed by {@link ScaledForwardBackward} on several threads. */
final class ParallelForwardBackward {

    /** With fewer cells, waking another thread takes longer than the computation. */
    private static final long CELLS_WORTH_A_THREAD = 20_000;

    private final CTCBatch batch;

    /** The samples of the batch, in its order. */
    private final Sample[] samples;

    private final int threads;

    private ParallelForwardBackward(CTCBatch batch, Sample[] samples) {
        this.batch = batch;
        this.samples = samples;
        long cells = Arrays.stream(samples).mapToLong(Sample::cells).sum();
        threads = cells < CELLS_WORTH_A_THREAD ? 1 : PyTorch.threads();
    }

    /** Takes the samples from an array with a column for every class. */
    static ParallelForwardBackward ofClasses(CTCBatch batch, LossSettings settings) {
        return of(batch, settings, batch.classes(), settings.blank(), batch::target);
    }

    /** Takes the samples from an array with the compact columns. */
    static ParallelForwardBackward ofColumns(
            CTCBatch batch, LossSettings settings, CompactColumns columns) {
        return of(batch, settings, columns.width(), 0, columns::target);
    }

    private static ParallelForwardBackward of(
            CTCBatch batch,
            LossSettings settings,
            int width,
            int blank,
            IntFunction<long[]> targets) {
        Sample[] samples = new Sample[batch.size()];
        int sampleStride = settings.isTimeMajor() ? 1 : batch.frames();
        int frameStride = settings.isTimeMajor() ? batch.size() : 1;
        for (int n = 0; n < samples.length; n++) {
            samples[n] =
                    new Sample(
                            targets.apply(n),
                            blank,
                            settings.readFrames(batch, n),
                            n * sampleStride * width,
                            frameStride * width);
        }
        return new ParallelForwardBackward(batch, samples);
    }

    Sample get(int n) {
        return samples[n];
    }

    /**
     * Computes the loss of every sample.
     *
     * @param posteriors the posteriors; may be changed
     * @return the losses: infinite for samples with too few frames, NaN for those that must be
     *     computed otherwise
     */
    double[] losses(ArrayElements posteriors) {
        return compute(posteriors, ScaledForwardBackward::loss);
    }

    /**
     * Computes the loss of every sample and its gradient.
     *
     * @param posteriors the posteriors, which become the gradient in the frames of each sample
     *     whose loss is finite
     * @return the losses: infinite for samples with too few frames, NaN for those that must be
     *     computed otherwise
     */
    double[] lossesAndGradient(ArrayElements posteriors) {
        return compute(posteriors, ScaledForwardBackward::lossAndGradient);
    }

    private interface Computation {
        double loss(ScaledForwardBackward arrays, Sample sample, ArrayElements memory);
    }

    private double[] compute(ArrayElements memory, Computation computation) {
        double[] losses = new double[samples.length];
        run(
                samples.length,
                () -> {
                    ScaledForwardBackward arrays = arrays();
                    return n -> losses[n] = loss(n, arrays, memory, computation);
                });
        return losses;
    }

    private double loss(
            int n, ScaledForwardBackward arrays, ArrayElements memory, Computation computation) {
        if (!batch.hasEnoughFrames(n)) {
            return Double.POSITIVE_INFINITY;
        }
        // Without frames and labels, the one alignment is empty.
        return samples[n].frames() == 0 ? 0 : computation.loss(arrays, samples[n], memory);
    }

    private ScaledForwardBackward arrays() {
        int frames = Arrays.stream(samples).mapToInt(Sample::frames).max().orElse(0);
        int labels = Arrays.stream(samples).mapToInt(Sample::labels).max().orElse(0);
        return new ScaledForwardBackward(frames, labels);
    }

    /** Processes some samples, on as many threads as pay off for the whole batch. */
    void run(int count, Supplier<IntConsumer> workers) {
        SampleLoop.run(count, threads, workers);
    }
}
