package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.text.Alphabet;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
 *
 * @serial exclude
 */
public final class LabelPrior implements Serializable {

    private static final long serialVersionUID = 1L;

    private final List<String> tokens;
    private final int blank;
    private final long frames;

    /** The natural logarithm of the share of the frames that each class has; they add up to 1. */
    private final double[] logProbabilities;

    /** The bias of each class at a weight of 1; 0 for the blank. */
    private final transient double[] biases;

    LabelPrior(List<String> tokens, int blank, long frames, double[] logProbabilities) {
        this.tokens = List.copyOf(tokens);
        this.blank = blank;
        this.frames = frames;
        this.logProbabilities = logProbabilities;
        biases = biases(logProbabilities, blank);
    }

    private static double[] biases(double[] logProbabilities, int blank) {
        double labels = 0;
        for (int id = 0; id < logProbabilities.length; id++) {
            labels += id == blank ? 0 : Math.exp(logProbabilities[id]);
        }
        double entropy = 0;
        double[] biases = new double[logProbabilities.length];
        for (int id = 0; id < biases.length; id++) {
            if (id != blank) {
                biases[id] = Math.log(labels) - logProbabilities[id];
                entropy += Math.exp(-biases[id]) * biases[id];
            }
        }
        for (int id = 0; id < biases.length; id++) {
            biases[id] -= id == blank ? 0 : entropy;
        }
        return biases;
    }

    /**
     * Estimates the prior of a model that gives logits or log probabilities.
     *
     * @param alphabet the classes of the model
     * @param samples the emissions of each sample, of shape (frames, C), row by row
     * @return the prior
     * @throws IllegalArgumentException if there is no frame, or the values of a sample do not fill
     *     frames of the alphabet's size
     * @throws EmissionScaleException if the scores of a sample look like probabilities
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity
     * @see #estimate(Alphabet, Collection, EmissionScale)
     */
    public static LabelPrior estimate(Alphabet alphabet, Collection<float[]> samples) {
        return estimate(alphabet, samples, EmissionScale.LOGITS);
    }

    /**
     * Estimates the prior, as {@link LabelPriorEstimator} does for samples that come one by one:
     * the sum of each class's probabilities over all frames, plus 1. No transcripts are needed.
     * Some minutes of any speech are enough for an alphabet of characters; with less, the priors
     * are nearly equal.
     *
     * @param alphabet the classes of the model
     * @param samples the emissions of each sample, of shape (frames, C), row by row
     * @param scale what the scores of the model are
     * @return the prior
     * @throws IllegalArgumentException if there is no frame, or the values of a sample do not fill
     *     frames of the alphabet's size
     * @throws EmissionScaleException if the scores of a sample are not of that scale
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity
     */
    public static LabelPrior estimate(
            Alphabet alphabet, Collection<float[]> samples, EmissionScale scale) {
        Objects.requireNonNull(samples, "samples");
        LabelPriorEstimator estimator = new LabelPriorEstimator(alphabet, scale);
        samples.forEach(estimator::add);
        return estimator.estimate();
    }

    /**
     * Reads a prior that {@link #write} wrote: texts then no longer depend on what is decoded
     * together.
     *
     * @param file UTF-8, up to 64 MiB
     * @return the prior
     * @throws LabelPriorFormatException if the file holds anything else; the message names the line
     * @throws IOException if the file cannot be read
     */
    public static LabelPrior read(Path file) throws IOException {
        return LabelPriorFile.read(file);
    }

    /**
     * Writes the prior as text: a line that names the format, its version, the number of classes,
     * the id of the blank and the number of frames, and then, for each class in the order of the
     * ids, its token, a tab, and the natural logarithm of the share of the frames that it has. A
     * prior that is read from there is equal to this one.
     *
     * @param file the file to create or to replace; if writing fails, it is as it was
     * @throws LabelPriorFormatException if a token holds a line break or half a surrogate pair
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        LabelPriorFile.write(this, file);
    }

    /**
     * Tells whether the prior is of other classes than an alphabet, which would change other labels
     * than it should.
     *
     * @param alphabet the alphabet
     * @return what differs first, without a full stop; nothing if all tokens are equal
     */
    public Optional<String> mismatch(Alphabet alphabet) {
        Objects.requireNonNull(alphabet, "alphabet");
        List<String> others = alphabet.tokens();
        if (tokens.size() != others.size()) {
            return Optional.of(
                    "the label prior has %d classes, but the alphabet has %d"
                            .formatted(tokens.size(), others.size()));
        }
        for (int id = 0; id < tokens.size(); id++) {
            if (!tokens.get(id).equals(others.get(id))) {
                return Optional.of(
                        "class %d of the label prior (line %d of its file) is \"%s\", but that of the alphabet is \"%s\""
                                .formatted(
                                        id,
                                        LabelPriorFile.line(id),
                                        tokens.get(id),
                                        others.get(id)));
            }
        }
        return blank == alphabet.blank()
                ? Optional.empty()
                : Optional.of(
                        "the blank of the label prior is class %d, but that of the alphabet class %d"
                                .formatted(blank, alphabet.blank()));
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

    /**
     * Returns how often the model gives a class, the blank included.
     *
     * @param id the class id
     * @return the natural logarithm of its share of the frames, below 0
     */
    public double logProbability(int id) {
        return logProbabilities[id];
    }

    /**
     * Returns the number of frames that the prior was estimated from.
     *
     * @return 1 or more
     */
    public long frames() {
        return frames;
    }

    List<String> tokens() {
        return tokens;
    }

    int blank() {
        return blank;
    }

    /** Computes the biases again. */
    private Object readResolve() {
        return new LabelPrior(tokens, blank, frames, logProbabilities);
    }
}
