package io.github.djlctc.decode;

import io.github.djlctc.emission.EmissionRows;
import io.github.djlctc.emission.EmissionScale;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Best path decoding: the likeliest class of each frame, repeats collapsed, blanks removed.
 *
 * <p>As in A. Graves et al., "Connectionist Temporal Classification: Labelling Unsegmented Sequence
 * Data with Recurrent Neural Networks", ICML 2006, section 3.2.1. The score of a hypothesis is the
 * natural logarithm of the probability of that one path, blanks included. It is not the probability
 * of the text, which sums over all paths. Of equal classes in a frame, the lowest id is taken.
 *
 * <p>A log-softmax is applied to the scores first. It changes log probabilities not at all, so
 * models may end with or without one.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class GreedyDecoder implements CTCDecoder {

    private final Alphabet alphabet;
    private final EmissionScale scale;

    /**
     * Creates a decoder of logits or log probabilities.
     *
     * @param alphabet the classes of the model
     */
    public GreedyDecoder(Alphabet alphabet) {
        this(alphabet, EmissionScale.LOGITS);
    }

    /**
     * Creates a decoder.
     *
     * @param alphabet the classes of the model
     * @param scale what the scores of the model are
     */
    public GreedyDecoder(Alphabet alphabet, EmissionScale scale) {
        this.alphabet = Objects.requireNonNull(alphabet, "alphabet");
        this.scale = Objects.requireNonNull(scale, "scale");
    }

    @Override
    public Hypothesis decode(float[] emissions, int frames) {
        Objects.requireNonNull(emissions, "emissions");
        int classes = alphabet.size();
        float[] logits = scale.toLogits(emissions, frames, classes);
        int[] path = new int[frames];
        double[] logProbabilities = new double[frames];
        for (int frame = 0; frame < frames; frame++) {
            int from = frame * classes;
            int best = EmissionRows.indexOfMax(logits, from, classes);
            double logProbability = EmissionRows.maxLogProbability(logits, from, classes, best);
            if (Double.isNaN(logProbability)) {
                throw InvalidEmissionException.atFrame(frame);
            }
            path[frame] = best;
            logProbabilities[frame] = logProbability;
        }
        return collapse(path, logProbabilities);
    }

    @Override
    public List<Hypothesis> decodeBatch(List<float[]> samples, int threads) {
        return new BatchDecoding<>(alphabet.size(), this::decode).run(samples, threads);
    }

    @Override
    public Alphabet alphabet() {
        return alphabet;
    }

    /**
     * Returns what the scores of the model are.
     *
     * @return the scale that {@link #decode} expects
     */
    public EmissionScale emissionScale() {
        return scale;
    }

    /**
     * Makes a text of a path: collapses repeats and removes blanks.
     *
     * @param path the likeliest class of each frame
     * @param logProbabilities the natural logarithm of its probability, for each frame
     * @return the hypothesis, whose score is their sum
     * @throws IllegalArgumentException if there are not as many classes as probabilities
     */
    public Hypothesis collapse(int[] path, double[] logProbabilities) {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(logProbabilities, "logProbabilities");
        if (path.length != logProbabilities.length) {
            throw new IllegalArgumentException(
                    path.length + " classes, but " + logProbabilities.length + " probabilities");
        }
        List<TokenSpan> tokens = new ArrayList<>();
        double total = 0;
        int start = 0;
        while (start < path.length) {
            int id = path[start];
            int end = start;
            double best = Double.NEGATIVE_INFINITY;
            for (; end < path.length && path[end] == id; end++) {
                best = Math.max(best, logProbabilities[end]);
                total += logProbabilities[end];
            }
            if (id != alphabet.blank()) {
                tokens.add(new TokenSpan(id, alphabet.token(id), start, end, best));
            }
            start = end;
        }
        return Hypothesis.of(alphabet, tokens, total);
    }
}
