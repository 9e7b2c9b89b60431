package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionRows;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.text.Alphabet;

import java.io.Serializable;
import java.util.Objects;

/**
 * Estimates a {@link LabelPrior} from samples that come one by one, or in parts that other threads
 * or machines have summed up.
 *
 * <p>Sums each sample up to 2^-30 of a frame, and up to 8 thousand million frames. Instances are
 * not for use by several threads.
 *
 * @serial exclude
 */
public final class LabelPriorEstimator implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * The number of frames added for each class, so that priors of little data are nearly equal.
     */
    private static final double PSEUDO_COUNT = 1;

    /** Units of probability in one, so that sums do not depend on the order of samples. */
    private static final double UNITS = 1L << 30;

    private final Alphabet alphabet;
    private final EmissionScale scale;

    /** The sum over the frames of the probability of each class, in units. */
    private final long[] sums;

    private long frames;
    private int samples;

    /**
     * Creates an estimator without samples.
     *
     * @param alphabet the classes of the model
     * @param scale what the scores of the model are
     */
    public LabelPriorEstimator(Alphabet alphabet, EmissionScale scale) {
        this.alphabet = Objects.requireNonNull(alphabet, "alphabet");
        this.scale = Objects.requireNonNull(scale, "scale");
        sums = new long[alphabet.size()];
    }

    /**
     * Adds a sample. If that fails, the estimator is as it was.
     *
     * @param emissions the emissions of shape (frames, C), row by row; not kept
     * @throws IllegalArgumentException if the values do not fill frames of the alphabet's size
     * @throws EmissionScaleException if the scores are not of the scale; it names the number of the
     *     sample, from 0
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity; it
     *     names sample and frame
     */
    public void add(float[] emissions) {
        Objects.requireNonNull(emissions, "emissions");
        int classes = sums.length;
        float[] logits = logits(emissions, classes);
        double[] added = new double[classes];
        for (int from = 0; from < logits.length; from += classes) {
            int best = EmissionRows.indexOfMax(logits, from, classes);
            double log = EmissionRows.maxLogProbability(logits, from, classes, best);
            if (Double.isNaN(log)) {
                throw InvalidEmissionException.atFrame(samples, from / classes);
            }
            for (int id = 0; id < classes; id++) {
                added[id] += Math.exp(logits[from + id] - logits[from + best] + log);
            }
        }
        for (int id = 0; id < classes; id++) {
            sums[id] += Math.round(added[id] * UNITS);
        }
        frames += emissions.length / classes;
        samples++;
    }

    private float[] logits(float[] emissions, int classes) {
        try {
            return scale.toLogits(emissions, emissions.length / classes, classes);
        } catch (EmissionScaleException e) {
            throw e.ofSample(samples);
        }
    }

    /**
     * Adds the samples of another estimator. The prior is the same to the last bit, however samples
     * are divided into parts, and in whatever order the parts are added.
     *
     * @param other an estimator of the same alphabet and scale; not changed
     * @throws IllegalArgumentException if alphabet or scale differ
     */
    public void add(LabelPriorEstimator other) {
        Objects.requireNonNull(other, "other");
        if (!alphabet.equals(other.alphabet) || scale != other.scale) {
            throw new IllegalArgumentException(
                    "parts of a label prior are of different models: "
                            + alphabet
                            + " with "
                            + scale
                            + ", and "
                            + other.alphabet
                            + " with "
                            + other.scale);
        }
        for (int id = 0; id < sums.length; id++) {
            sums[id] += other.sums[id];
        }
        frames += other.frames;
        samples += other.samples;
    }

    /**
     * Returns the number of frames so far.
     *
     * @return 0 or more
     */
    public long frames() {
        return frames;
    }

    /**
     * Estimates the prior of the samples so far.
     *
     * @return for each class, {@code (sum of its probabilities + 1) / (frames + classes)}
     * @throws IllegalArgumentException if there is no frame
     */
    public LabelPrior estimate() {
        if (frames == 0) {
            throw new IllegalArgumentException("a label prior needs at least one frame");
        }
        int classes = sums.length;
        double[] logProbabilities = new double[classes];
        double total = frames + classes * PSEUDO_COUNT;
        for (int id = 0; id < classes; id++) {
            logProbabilities[id] = Math.log((sums[id] / UNITS + PSEUDO_COUNT) / total);
        }
        return new LabelPrior(alphabet.tokens(), alphabet.blank(), frames, logProbabilities);
    }
}
