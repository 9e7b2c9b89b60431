package io.github.djlctc.loss;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

import io.github.djlctc.batch.CTCBatch;
import io.github.djlctc.engine.PyTorch;
import io.github.djlctc.host.HostArrays;

import java.util.Arrays;
import java.util.Optional;

/**
 * {@link CTCAlgorithm#SCALED} for many classes, without an array of posteriors.
 *
 * <p>With \( Z_t \) the logsumexp of a frame, \( \partial L / \partial x_t(k) = e^{x_t(k) - Z_t} -
 * \sum_{s: class(s)=k} \gamma_t(s) \). The first part is the gradient of \( \sum_t Z_t \), which
 * back-propagation computes from the logits for a block of frames at a time; the second is 0 but
 * for the classes of the target and the blank. So the gradient itself is the only array of the size
 * of the logits.
 */
final class BlockwiseSoftmax implements AutoCloseable {

    /** In elements, so few that a block stays in the cache. */
    private static final int LARGEST_BLOCK = 1 << 19;

    /**
     * In bytes. Arrays above 32 MiB get fresh memory from the system each time, at least under
     * glibc. Somewhat above that, such memory costs as much as computing the values again.
     */
    private static final long LARGE_ARRAY = 48L << 20;

    private static final int CLASSES_PER_COLUMN = 8;

    /**
     * Normalizers come from the blank's logit less its log posterior, in the precision of the
     * logits. Up to here the rounding of both changes posteriors by less than 6e-6 in float32, with
     * magnitudes below 16 by less than 1.5e-6.
     */
    private static final double GREATEST_MAGNITUDE = 64;

    private final CTCBatch batch;
    private final LossSettings settings;
    private final CompactColumns columns;
    private final ParallelForwardBackward samples;
    private final NDArray normalizers;
    private final NDArray picked;
    private final NDArray posteriors;
    private final NDArray gradient;
    private final NDArray watch;
    private final double greatestMagnitude;

    /**
     * Normalizes the logits.
     *
     * @param logits the logits, float32 or float64
     * @param columns those of the batch
     * @param blockRows the frames of a block; the last one may have fewer
     */
    BlockwiseSoftmax(
            NDArray logits,
            CTCBatch batch,
            LossSettings settings,
            CompactColumns columns,
            int blockRows) {
        this.batch = batch;
        this.settings = settings;
        this.columns = columns;
        samples = ParallelForwardBackward.ofColumns(batch, settings, columns);
        NDList results;
        try (NDManager host = logits.getManager().newSubManager(Device.cpu())) {
            NDArray options = host.create(new long[] {settings.isTimeMajor() ? 1 : 0, blockRows});
            results = CTCPrograms.BLOCKS.run(new NDList(logits, columns.classes(host), options));
        }
        normalizers = results.get(0);
        picked = results.get(1);
        posteriors = results.get(2);
        gradient = results.get(3);
        watch = results.get(4);
        try (NDArray greatest = results.get(5)) {
            greatestMagnitude = HostArrays.readScalar(greatest);
        }
    }

    /**
     * Computes a batch for which this takes less time and memory than an array of posteriors.
     *
     * @return nothing for other batches
     */
    static Optional<BlockwiseSoftmax> of(NDArray logits, CTCBatch batch, LossSettings settings) {
        long bytes = logits.size() * logits.getDataType().getNumOfBytes();
        if (bytes < LARGE_ARRAY) {
            return Optional.empty();
        }
        CompactColumns columns = new CompactColumns(batch, settings.blank());
        if (batch.classes() / CLASSES_PER_COLUMN < columns.width()) {
            return Optional.empty();
        }
        int blockRows = Math.max(1, LARGEST_BLOCK / batch.classes());
        return Optional.of(new BlockwiseSoftmax(logits, batch, settings, columns, blockRows));
    }

    /**
     * Computes the loss of every sample.
     *
     * @return the losses, infinite ones among them; nothing if a loss must be computed otherwise
     */
    Optional<double[]> losses() {
        // False for NaN too.
        if (!(greatestMagnitude <= GREATEST_MAGNITUDE)) {
            return Optional.empty();
        }
        ArrayElements memory = ArrayElements.of(gradient);
        double[] losses =
                PyTorch.isRecording() ? samples.lossesAndGradient(memory) : samples.losses(memory);
        boolean complete = Arrays.stream(losses).noneMatch(Double::isNaN);
        return complete ? Optional.of(losses) : Optional.empty();
    }

    /**
     * Returns a scalar whose gradient with respect to the logits is that of the reduced loss.
     *
     * @param losses the result of {@link #losses}
     * @param weights the share of every sample
     */
    NDArray product(double[] losses, double[] weights) {
        try (NDManager host = normalizers.getManager().newSubManager(Device.cpu())) {
            NDArray rowWeights = host.create(rowWeights(losses, weights));
            return CTCPrograms.BLOCKS_ATTACH
                    .run(new NDList(normalizers, picked, posteriors, gradient, watch, rowWeights))
                    .singletonOrThrow();
        }
    }

    private double[] rowWeights(double[] losses, double[] weights) {
        double[] rows = new double[batch.size() * batch.frames()];
        for (int n = 0; n < losses.length; n++) {
            double weight = weights[n];
            if (losses[n] == Double.POSITIVE_INFINITY) {
                weight = settings.dropsInfinite() ? 0 : Double.NaN;
            }
            Sample sample = samples.get(n);
            for (int t = 0; t < sample.frames(); t++) {
                rows[sample.row(t) / columns.width()] = weight;
            }
        }
        return rows;
    }

    @Override
    public void close() {
        normalizers.close();
        picked.close();
        posteriors.close();
        gradient.close();
        watch.close();
    }
}
