package io.github.djlctc.loss;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Forward-backward over logarithms of probabilities (Graves et al. 2006, section 4.1), for one
 * sample: slower than {@link ScaledForwardBackward}, but correct for any logits.
 *
 * <p>State 2 k is the blank before label k, state 2 k + 1 label k.
 */
final class LogForwardBackward {

    private final Sample sample;
    private final ArrayElements logits;
    private final int classes;

    /** The largest logit of each frame. */
    private final double[] largest;

    /** For each frame, the logarithm of the sum of exp(logit - largest) over all classes. */
    private final double[] logSums;

    private final int states;
    private final FrameBlocks blocks;

    /** The log forward variable of each state s at frame t: [t][s]. */
    private final double[][] alphas;

    /** Those before frame 0: that of probability 1 for the first blank. */
    private final double[] start;

    /**
     * Prepares a sample.
     *
     * @param sample the sample, with enough frames for its target
     * @param logits the logits of the batch
     * @param classes the number of classes C
     */
    LogForwardBackward(Sample sample, ArrayElements logits, int classes) {
        this(sample, logits, classes, FrameBlocks.of(sample.frames(), 2 * sample.labels() + 1));
    }

    /**
     * Returns what the arrays of such an object take.
     *
     * @param frames the number of frames of the sample
     * @param targetLength the number of its labels
     * @return bytes
     */
    static long bytes(int frames, int targetLength) {
        int states = 2 * targetLength + 1;
        long rows = FrameBlocks.of(frames, states).keptRows() * states;
        return Double.BYTES * (rows + 2L * frames + 3L * states) + (long) Integer.BYTES * frames;
    }

    /** Prepares a sample, with the forward variables of some frames at a time. */
    LogForwardBackward(Sample sample, ArrayElements logits, int classes, FrameBlocks blocks) {
        this.sample = sample;
        this.logits = logits;
        this.classes = classes;
        states = 2 * sample.labels() + 1;
        this.blocks = blocks;
        alphas = blocks.rows(states);
        start = new double[states];
        Arrays.fill(start, Double.NEGATIVE_INFINITY);
        start[0] = 0;
        largest = new double[sample.frames()];
        logSums = new double[sample.frames()];
        for (int t = 0; t < largest.length; t++) {
            largest[t] = largest(sample.row(t));
            logSums[t] = logSum(sample.row(t), largest[t]);
        }
    }

    /**
     * Computes the loss, and the gradient if the loss is finite.
     *
     * @param gradient receives the gradient in the frames of the sample
     * @return the loss: infinite if every alignment has probability 0, NaN if a frame has no
     *     distribution
     */
    double lossAndGradient(ArrayElements gradient) {
        for (double logit : largest) {
            if (!Double.isFinite(logit)) {
                return Double.NaN;
            }
        }
        for (int t = 0; t < sample.frames(); t++) {
            step(t);
        }
        blocks.computed(sample.frames());
        double[] last = alphas[sample.frames() - 1];
        double logProbability = states == 1 ? last[0] : logAdd(last[states - 1], last[states - 2]);
        if (logProbability != Double.NEGATIVE_INFINITY) {
            backward(logProbability, gradient);
        }
        return -logProbability;
    }

    /** Computes the log forward variables of a frame. */
    private void step(int t) {
        double[] before = t == 0 ? start : alphas[t - 1];
        double[] now = alphas[t];
        for (int s = 0; s < states; s++) {
            double sum = before[s];
            if (s > 0) {
                sum = logAdd(sum, before[s - 1]);
            }
            if (maySkipTo(s)) {
                sum = logAdd(sum, before[s - 2]);
            }
            now[s] = sum + logPosterior(t, classOf(s));
        }
    }

    private void backward(double logProbability, ArrayElements gradient) {
        double[] betas = new double[states];
        Arrays.fill(betas, Double.NEGATIVE_INFINITY);
        betas[states - 1] = 0;
        if (states > 1) {
            betas[states - 2] = 0;
        }
        double[] arrivals = new double[states];
        IntConsumer again = this::step;
        for (int t = sample.frames() - 1; t >= 0; t--) {
            blocks.restore(t, sample.frames(), again);
            int row = sample.row(t);
            for (int c = 0; c < classes; c++) {
                gradient.put(row + c, Math.exp(logPosterior(t, c)));
            }
            for (int s = 0; s < states; s++) {
                double occupancy = Math.exp(alphas[t][s] + betas[s] - logProbability);
                gradient.subtract(row + classOf(s), occupancy);
                arrivals[s] = betas[s] + logPosterior(t, classOf(s));
            }
            for (int s = 0; s < states; s++) {
                double sum = arrivals[s];
                if (s + 1 < states) {
                    sum = logAdd(sum, arrivals[s + 1]);
                }
                if (s + 2 < states && maySkipTo(s + 2)) {
                    sum = logAdd(sum, arrivals[s + 2]);
                }
                betas[s] = sum;
            }
        }
    }

    /** Tells whether a state may follow the state two before it, over a blank. */
    private boolean maySkipTo(int state) {
        return state % 2 == 1 && sample.skips()[state / 2] != 0;
    }

    private int classOf(int state) {
        return state % 2 == 0 ? sample.blank() : sample.label(state / 2);
    }

    // Both parts are subtracted in turn: added up first, a small logSum could be rounded away.
    private double logPosterior(int t, int label) {
        return logits.get(sample.row(t) + label) - largest[t] - logSums[t];
    }

    private double largest(int row) {
        double result = Double.NEGATIVE_INFINITY;
        for (int i = row; i < row + classes; i++) {
            result = Math.max(result, logits.get(i));
        }
        return result;
    }

    private double logSum(int row, double shift) {
        double sum = 0;
        for (int i = row; i < row + classes; i++) {
            sum += Math.exp(logits.get(i) - shift);
        }
        return Math.log(sum);
    }

    private static double logAdd(double a, double b) {
        double larger = Math.max(a, b);
        return larger == Double.NEGATIVE_INFINITY
                ? larger
                : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
    }
}
