package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionRows;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.text.Alphabet;

import java.util.Collection;

/**
 * The frequency with which a CTC model outputs each label.
 *
 * <p>A model learns how common labels are and prefers the common ones where it is unsure. A
 * language model does the same, so that together they count it twice. A beam search with a label
 * prior subtracts a share of the CTC model's preference: it adds
 *
 * <pre>
 * -weight (log q(c) + H(q)),   H(q) = -sum over labels of q(c) log q(c)
 * </pre>
 *
 * to the logit of each label c but the blank, where q is the prior of the labels without the blank;
 * on average over q, that is 0, so blanks are as likely as before. Division by priors is how hybrid
 * recognisers use neural networks: H. Bourlard and N. Morgan, "Connectionist Speech Recognition"
 * (1994), section 7.4; for CTC see H. Sak et al., "Learning acoustic frame labeling for speech
 * recognition with recurrent neural networks", ICASSP 2015.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class LabelPrior {

    /**
     * The number of frames added for each label, so that priors of little data are nearly equal.
     */
    private static final double PSEUDO_COUNT = 1;

    /** The bias of each class at a weight of 1; 0 for the blank. */
    private final double[] biases;

    private LabelPrior(double[] biases) {
        this.biases = biases;
    }

    /**
     * Estimates the prior as the sum of each label's probabilities over all frames, plus 1. No
     * transcripts are needed. Some minutes of any speech are enough for an alphabet of characters;
     * with less, the priors are nearly equal.
     *
     * @param alphabet the classes of the model
     * @param samples the emissions of each sample, of shape (frames, C), row by row
     * @return the prior
     * @throws IllegalArgumentException if there is no frame, or the values of a sample do not fill
     *     frames of the alphabet's size
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity
     */
    public static LabelPrior estimate(Alphabet alphabet, Collection<float[]> samples) {
        int classes = alphabet.size();
        double[] sums = new double[classes];
        int number = 0;
        long frames = 0;
        for (float[] emissions : samples) {
            EmissionRows.checkSize(emissions, emissions.length / classes, classes);
            frames += emissions.length / classes;
            addProbabilities(emissions, number++, sums);
        }
        if (frames == 0) {
            throw new IllegalArgumentException("a label prior needs at least one frame");
        }
        return ofFrequencies(alphabet, sums);
    }

    private static void addProbabilities(float[] emissions, int sample, double[] sums) {
        int classes = sums.length;
        for (int from = 0; from < emissions.length; from += classes) {
            int best = EmissionRows.indexOfMax(emissions, from, classes);
            double log = EmissionRows.maxLogProbability(emissions, from, classes, best);
            if (Double.isNaN(log)) {
                throw InvalidEmissionException.atFrame(sample, from / classes);
            }
            for (int id = 0; id < classes; id++) {
                sums[id] += Math.exp(emissions[from + id] - emissions[from + best] + log);
            }
        }
    }

    private static LabelPrior ofFrequencies(Alphabet alphabet, double[] frequencies) {
        double total = 0;
        for (int id = 0; id < frequencies.length; id++) {
            frequencies[id] = id == alphabet.blank() ? 0 : frequencies[id] + PSEUDO_COUNT;
            total += frequencies[id];
        }
        double entropy = 0;
        double[] biases = new double[frequencies.length];
        for (int id = 0; id < frequencies.length; id++) {
            if (id != alphabet.blank()) {
                double share = frequencies[id] / total;
                biases[id] = -Math.log(share);
                entropy += share * biases[id];
            }
        }
        for (int id = 0; id < frequencies.length; id++) {
            biases[id] -= id == alphabet.blank() ? 0 : entropy;
        }
        return new LabelPrior(biases);
    }

    /**
     * Returns the number that a weight of 1 adds to the logit of a class.
     *
     * @param id the class id
     * @return {@code -log q(id) - H(q)}, a natural logarithm; 0 for the blank
     */
    public double logBias(int id) {
        return biases[id];
    }

    /** Returns the number of classes, the blank included. */
    int classes() {
        return biases.length;
    }
}
