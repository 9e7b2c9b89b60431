package io.github.djlctc.loss;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Forward-backward over probabilities, each frame scaled to a sum of 1, for one sample after the
 * other in the same arrays.
 *
 * <p>State k of the blanks is the blank before label k, and blank S the last one. With \( p_t \)
 * the posteriors of frame t, the forward variables are
 *
 * <p>\( \alpha_t(blank_k) = (\hat\alpha_{t-1}(blank_k) + \hat\alpha_{t-1}(label_{k-1})) p_t(blank)
 * \), \( \alpha_t(label_k) = (\hat\alpha_{t-1}(label_k) + \hat\alpha_{t-1}(blank_k) + skip_k
 * \hat\alpha_{t-1}(label_{k-1})) p_t(label_k) \), \( c_t = \sum_s \alpha_t(s) \), \( \hat\alpha_t =
 * \alpha_t / c_t \),
 *
 * <p>over those states that can be reached from the start and from which the end can be reached, so
 * that \( L = -\sum_t \ln c_t \). The backward variables are scaled by the same factors; then \(
 * \gamma_t(s) = \hat\alpha_t(s) \hat\beta_t(s) \) is the probability of state s at frame t given
 * the target, and \( \partial L / \partial x_t(k) = p_t(k) - \sum_{s: class(s)=k} \gamma_t(s) \)
 * (Graves et al. 2006, equations 7 to 16; Rabiner 1989, section V.A).
 *
 * <p>A state whose share falls below the range of float64 is lost. Checks make sure that no lost
 * state mattered; where they fail, the result is {@link Double#NaN} and must be computed otherwise:
 *
 * <ul>
 *   <li>What the forward pass lost is missing in \( c_t \), but not in the backward pass, so that
 *       \( \sum_s \gamma_0(s) \), which is 1 otherwise, differs from 1 or overflows.
 *   <li>That leaves paths that the forward pass lost at a frame and the backward pass at a later
 *       one, each as less than \( e^{-700} \) of a whole. Between two frames the probability of a
 *       path grows, relative to the scale, by at most the product of \( (p_t(blank) + 2 \max_k
 *       p_t(label_k)) / c_t \) over the frames. If that is far below \( e^{1400} \) between the
 *       first loss of the forward pass and the last frame where the backward pass loses something,
 *       such paths do not matter either.
 * </ul>
 */
final class ScaledForwardBackward {

    /** In nats; the normal float64 numbers below 1 reach over 708. */
    private static final double RANGE_OF_ONE_PASS = 650;

    private static final double RANGE_OF_TWO_PASSES = 1300;

    /** A smaller number may lose precision in the next frame; a larger one cannot become 0. */
    private static final double SMALL = 1e-260;

    private static final double LEAST_SUM = 1e-100;
    private static final double SUM_TOLERANCE = 1e-7;

    /** Which frames the forward variables of are kept. */
    private final FrameBlocks blocks;

    /** The forward variable of blank k at frame t, before the scaling of the frame: [t][k]. */
    private final double[][] blanks;

    /** The forward variable of label k at frame t, likewise: [t][k + 1]; [t][0] is 0. */
    private final double[][] labels;

    /** For each frame, the sum c of its forward variables. */
    private final double[] sums;

    /** For each frame, the posterior of the blank and twice the largest of a label, added up. */
    private final double[] greatest;

    /** The forward variables of the blanks before frame 0: 1 for blank 0, 0 for all others. */
    private final double[] start;

    /** The forward variables of the labels before frame 0: all 0. */
    private final double[] none;

    /** The posterior of label k in the current frame: [k]. */
    private final double[] posteriors;

    /** {@link #blankBetas} times the posterior of the blank in the same frame: [k]. */
    private final double[] blankArrivals;

    /** {@link #labelBetas} times the posterior of label k in the same frame: [k + 1]. */
    private final double[] labelArrivals;

    /** The scaled backward variable of blank k in the current frame, divided by its sum: [k]. */
    private double[] blankBetas;

    /** The scaled backward variable of label k, likewise: [k + 1]. */
    private double[] labelBetas;

    /** Those of the blanks in the frame before, while they are computed. */
    private double[] nextBlankBetas;

    /** Those of the labels in the frame before, while they are computed. */
    private double[] nextLabelBetas;

    /**
     * Creates the arrays.
     *
     * @param frames the largest number of frames of a sample
     * @param targetLength the largest number of labels of a sample
     */
    ScaledForwardBackward(int frames, int targetLength) {
        this(frames, targetLength, FrameBlocks.of(frames, 2 * (targetLength + 2)));
    }

    /**
     * Returns what the arrays of such an object take.
     *
     * @param frames the largest number of frames of a sample
     * @param targetLength the largest number of labels of a sample
     * @return bytes
     */
    static long bytes(int frames, int targetLength) {
        int width = 2 * (targetLength + 2);
        long rows = FrameBlocks.of(frames, width).keptRows() * width;
        return Double.BYTES * (rows + 2L * frames + 5L * width) + 2L * Integer.BYTES * frames;
    }

    /** Creates the arrays, with the forward variables of some frames at a time. */
    ScaledForwardBackward(int frames, int targetLength, FrameBlocks blocks) {
        int width = targetLength + 2;
        this.blocks = blocks;
        blanks = blocks.rows(width);
        labels = blocks.rows(width);
        sums = new double[frames];
        greatest = new double[frames];
        start = new double[width];
        start[0] = 1;
        none = new double[width];
        posteriors = new double[width];
        blankArrivals = new double[width];
        labelArrivals = new double[width];
        blankBetas = new double[width];
        labelBetas = new double[width];
        nextBlankBetas = new double[width];
        nextLabelBetas = new double[width];
    }

    /**
     * Computes the loss of a sample alone.
     *
     * @param sample a sample with enough frames for its target, at least one
     * @param gradient the posteriors; may be changed
     * @return the loss, or NaN if it must be computed otherwise
     */
    double loss(Sample sample, ArrayElements gradient) {
        Forward forward = forward(sample, gradient);
        if (Double.isNaN(forward.loss())) {
            return Double.NaN;
        }
        boolean exact =
                forward.range() <= RANGE_OF_ONE_PASS
                        || firstLost(sample, gradient) == sample.frames();
        return exact ? forward.loss() : backward(sample, gradient, forward);
    }

    /**
     * Computes the loss of a sample and its gradient.
     *
     * @param sample a sample with enough frames for its target, at least one
     * @param gradient the posteriors, which become the gradient in the frames of the sample
     * @return the loss, or NaN if both must be computed otherwise
     */
    double lossAndGradient(Sample sample, ArrayElements gradient) {
        return backward(sample, gradient, forward(sample, gradient));
    }

    /**
     * What the forward pass found.
     *
     * @param loss the loss, NaN if it failed
     * @param range the logarithm of the factor that a path can grow by, relative to the scale
     */
    private record Forward(double loss, double range) {

        static final Forward FAILED = new Forward(Double.NaN, Double.NaN);
    }

    private Forward forward(Sample sample, ArrayElements gradient) {
        LogProduct probability = new LogProduct();
        LogProduct growth = new LogProduct();
        double least = gradient.leastPrecise();
        double factor = 1;
        for (int t = 0; t < sample.frames(); t++) {
            int firstLabel = firstLabel(sample, t);
            int endLabel = endLabel(sample, t);
            double blank = gradient.get(sample.row(t) + sample.blank());
            double largest = 0;
            double smallest = blank;
            for (int k = firstLabel; k < endLabel; k++) {
                double posterior = gradient.get(sample.row(t) + sample.label(k));
                posteriors[k] = posterior * factor;
                largest = Math.max(largest, posterior);
                smallest = Math.min(smallest, posterior);
            }
            step(sample, t, blank * factor);
            double sum = sum(sample, t);
            // False for NaN too.
            if (!(smallest >= least && sum >= LEAST_SUM)) {
                return Forward.FAILED;
            }
            sums[t] = sum;
            factor = 1 / sum;
            probability.multiply(sum);
            greatest[t] = blank + 2 * largest;
            growth.multiply(greatest[t]);
        }
        blocks.computed(sample.frames());
        double loss = -probability.value();
        return new Forward(loss, loss + growth.value());
    }

    /** Computes the forward variables of a frame as the forward pass did. */
    private void stepAgain(Sample sample, int t, ArrayElements gradient) {
        double factor = t == 0 ? 1 : 1 / sums[t - 1];
        int row = sample.row(t);
        int end = endLabel(sample, t);
        for (int k = firstLabel(sample, t); k < end; k++) {
            posteriors[k] = gradient.get(row + sample.label(k)) * factor;
        }
        step(sample, t, gradient.get(row + sample.blank()) * factor);
    }

    /** Computes the forward variables of a frame before scaling. */
    private void step(Sample sample, int t, double blank) {
        int firstBlank = firstBlank(sample, t);
        int endBlank = endBlank(sample, t);
        int firstLabel = firstLabel(sample, t);
        int endLabel = endLabel(sample, t);
        double[] blanksBefore = t == 0 ? start : blanks[t - 1];
        double[] labelsBefore = t == 0 ? none : labels[t - 1];
        double[] blanksNow = blanks[t];
        double[] labelsNow = labels[t];
        forwardBlanks(blanksBefore, labelsBefore, blanksNow, blank, firstBlank, endBlank);
        double[] skips = sample.skips();
        forwardLabels(
                blanksBefore, labelsBefore, labelsNow, posteriors, skips, firstLabel, endLabel);
        // The next frame reads one more state.
        blanksNow[endBlank] = 0;
        labelsNow[endLabel + 1] = 0;
    }

    /** Returns the sum of the forward variables of a frame before scaling. */
    private double sum(Sample sample, int t) {
        return sum(blanks[t], firstBlank(sample, t), endBlank(sample, t))
                + sum(labels[t], firstLabel(sample, t) + 1, endLabel(sample, t) + 1);
    }

    private double backward(Sample sample, ArrayElements gradient, Forward forward) {
        if (Double.isNaN(forward.loss())) {
            return Double.NaN;
        }
        int firstLost =
                forward.range() <= RANGE_OF_TWO_PASSES
                        ? sample.frames()
                        : firstLost(sample, gradient);
        int lastLost = -1;
        int last = sample.frames() - 1;
        int end = sample.labels();
        Arrays.fill(labelArrivals, 0);
        blankBetas[end] = 1 / sums[last];
        labelBetas[end] = 1 / sums[last];
        IntConsumer again = i -> stepAgain(sample, i, gradient);
        for (int t = last; t > 0; t--) {
            blocks.restore(t, sample.frames(), again);
            if (t > firstLost && lastLost < 0 && isLost(sample, t, blankBetas, labelBetas)) {
                lastLost = t;
            }
            occupy(sample, t, gradient);
            stepBack(sample, t);
        }
        blocks.restore(0, sample.frames(), again);
        double total = occupy(sample, 0, gradient);
        boolean exact =
                Math.abs(total - 1) <= SUM_TOLERANCE
                        && growth(firstLost, lastLost) <= RANGE_OF_TWO_PASSES;
        return exact ? forward.loss() : Double.NaN;
    }

    /**
     * The first frame in which the forward pass may have lost a state; the end if there is none.
     */
    private int firstLost(Sample sample, ArrayElements gradient) {
        IntConsumer again = i -> stepAgain(sample, i, gradient);
        for (int t = 0; t < sample.frames(); t++) {
            blocks.restore(t, sample.frames(), again);
            if (isLost(sample, t, blanks[t], labels[t])) {
                return t;
            }
        }
        return sample.frames();
    }

    /** Tells whether a frame has a state that may be lost; states that no path reaches are 0. */
    private static boolean isLost(Sample sample, int t, double[] blanks, double[] labels) {
        for (int k = firstBlank(sample, t); k < endBlank(sample, t); k++) {
            if (blanks[k] > 0 && blanks[k] < SMALL) {
                return true;
            }
        }
        for (int k = firstLabel(sample, t); k < endLabel(sample, t); k++) {
            if (labels[k + 1] > 0 && labels[k + 1] < SMALL) {
                return true;
            }
        }
        return false;
    }

    /** The logarithm of the factor that a path can grow by between two frames. */
    private double growth(int from, int to) {
        LogProduct growth = new LogProduct();
        for (int t = from + 1; t <= to; t++) {
            growth.multiply(greatest[t] / sums[t]);
        }
        return growth.value();
    }

    /**
     * Subtracts the probabilities of the states of a frame from the posteriors, and weighs the
     * backward variables with the posteriors.
     *
     * @return the sum of the probabilities
     */
    private double occupy(Sample sample, int t, ArrayElements gradient) {
        int row = sample.row(t);
        int firstBlank = firstBlank(sample, t);
        int endBlank = endBlank(sample, t);
        int firstLabel = firstLabel(sample, t);
        int endLabel = endLabel(sample, t);
        double[] labelsNow = labels[t];
        double blank = gradient.get(row + sample.blank());
        double blankOccupancy = dot(blanks[t], blankBetas, firstBlank, endBlank);
        gradient.put(row + sample.blank(), blank - blankOccupancy);
        // All posteriors first: labels may occur twice.
        for (int k = firstLabel; k < endLabel; k++) {
            posteriors[k] = gradient.get(row + sample.label(k));
        }
        double total = blankOccupancy;
        for (int k = firstLabel; k < endLabel; k++) {
            double occupancy = labelsNow[k + 1] * labelBetas[k + 1];
            total += occupancy;
            gradient.subtract(row + sample.label(k), occupancy);
        }
        arriveAtBlanks(blankArrivals, blankBetas, blank, firstBlank, endBlank);
        arriveAtLabels(labelArrivals, labelBetas, posteriors, firstLabel, endLabel);
        // The frame before reads one more state.
        if (firstBlank > 0) {
            blankArrivals[firstBlank - 1] = 0;
        }
        labelArrivals[firstLabel] = 0;
        return total;
    }

    /** Computes the backward variables of the frame before t. */
    private void stepBack(Sample sample, int t) {
        int before = t - 1;
        double factor = 1 / sums[before];
        backBlanks(
                nextBlankBetas,
                blankArrivals,
                labelArrivals,
                factor,
                firstBlank(sample, before),
                endBlank(sample, before));
        backLabels(
                nextLabelBetas,
                blankArrivals,
                labelArrivals,
                sample.skips(),
                factor,
                firstLabel(sample, before),
                endLabel(sample, before));
        double[] swap = blankBetas;
        blankBetas = nextBlankBetas;
        nextBlankBetas = swap;
        swap = labelBetas;
        labelBetas = nextLabelBetas;
        nextLabelBetas = swap;
    }

    // The states of a frame that are reached from the start and reach the end.

    private static int firstBlank(Sample sample, int t) {
        return Math.max(0, sample.labels() - (sample.frames() - 1 - t));
    }

    private static int endBlank(Sample sample, int t) {
        return Math.min(sample.labels(), t) + 1;
    }

    private static int firstLabel(Sample sample, int t) {
        return Math.max(0, sample.labels() - (sample.frames() - t));
    }

    private static int endLabel(Sample sample, int t) {
        return Math.min(sample.labels(), t + 1);
    }

    // Each method is one simple loop over arrays, which the JIT compiler can vectorize.

    private static void forwardBlanks(
            double[] blanks, double[] labels, double[] result, double blank, int from, int to) {
        for (int k = from; k < to; k++) {
            result[k] = (blanks[k] + labels[k]) * blank;
        }
    }

    private static void forwardLabels(
            double[] blanks,
            double[] labels,
            double[] result,
            double[] posteriors,
            double[] skips,
            int from,
            int to) {
        for (int k = from; k < to; k++) {
            result[k + 1] = (labels[k + 1] + blanks[k] + skips[k] * labels[k]) * posteriors[k];
        }
    }

    private static void arriveAtBlanks(
            double[] arrivals, double[] betas, double blank, int from, int to) {
        for (int k = from; k < to; k++) {
            arrivals[k] = betas[k] * blank;
        }
    }

    private static void arriveAtLabels(
            double[] arrivals, double[] betas, double[] posteriors, int from, int to) {
        for (int k = from; k < to; k++) {
            arrivals[k + 1] = betas[k + 1] * posteriors[k];
        }
    }

    private static void backBlanks(
            double[] betas, double[] blanks, double[] labels, double factor, int from, int to) {
        for (int k = from; k < to; k++) {
            betas[k] = (blanks[k] + labels[k + 1]) * factor;
        }
    }

    private static void backLabels(
            double[] betas,
            double[] blanks,
            double[] labels,
            double[] skips,
            double factor,
            int from,
            int to) {
        for (int k = from; k < to; k++) {
            betas[k + 1] = (labels[k + 1] + blanks[k + 1] + skips[k + 1] * labels[k + 2]) * factor;
        }
    }

    // Four partial sums, so that an addition need not wait for the one before it.

    private static double sum(double[] values, int from, int to) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int k = from;
        for (; k + 3 < to; k += 4) {
            sum0 += values[k];
            sum1 += values[k + 1];
            sum2 += values[k + 2];
            sum3 += values[k + 3];
        }
        for (; k < to; k++) {
            sum0 += values[k];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private static double dot(double[] a, double[] b, int from, int to) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int k = from;
        for (; k + 3 < to; k += 4) {
            sum0 += a[k] * b[k];
            sum1 += a[k + 1] * b[k + 1];
            sum2 += a[k + 2] * b[k + 2];
            sum3 += a[k + 3] * b[k + 3];
        }
        for (; k < to; k++) {
            sum0 += a[k] * b[k];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
