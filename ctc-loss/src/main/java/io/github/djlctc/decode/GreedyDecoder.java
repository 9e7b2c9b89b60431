package io.github.djlctc.decode;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.align.EmissionRows;
import io.github.djlctc.align.InvalidEmissionException;
import io.github.djlctc.align.TokenSpan;
import io.github.djlctc.host.HostArrays;
import io.github.djlctc.text.Alphabet;

import java.util.ArrayList;
import java.util.List;

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

    /**
     * Creates a decoder.
     *
     * @param alphabet the classes of the model
     */
    public GreedyDecoder(Alphabet alphabet) {
        this.alphabet = alphabet;
    }

    @Override
    public Hypothesis decode(float[] emissions, int frames) {
        int classes = alphabet.size();
        EmissionRows.checkSize(emissions, frames, classes);
        int[] path = new int[frames];
        double[] logProbabilities = new double[frames];
        for (int frame = 0; frame < frames; frame++) {
            int from = frame * classes;
            int best = EmissionRows.indexOfMax(emissions, from, classes);
            double logProbability = EmissionRows.maxLogProbability(emissions, from, classes, best);
            if (Double.isNaN(logProbability)) {
                throw InvalidEmissionException.atFrame(frame);
            }
            path[frame] = best;
            logProbabilities[frame] = logProbability;
        }
        return collapse(path, logProbabilities);
    }

    /**
     * Decodes a batch.
     *
     * <p>The best classes and their log probabilities are found on the device of the emissions, in
     * float32, and copied from it in one transfer. All arrays made on the way are closed.
     *
     * @param emissions logits or log probabilities of shape (N, T, C), C the alphabet's size
     * @param lengths the valid frames of each sample, of shape (N), int64 or int32; frames beyond
     *     them may hold anything; null if all frames of all samples are valid
     * @return the best hypothesis of each sample, in order
     * @throws IllegalArgumentException if shapes or the type of the lengths do not fit, or a length
     *     is negative or above T
     * @throws InvalidEmissionException if a valid frame has no best class, because of NaN or
     *     infinity
     */
    public List<Hypothesis> decode(NDArray emissions, NDArray lengths) {
        EmissionBatch batch = EmissionBatch.of(emissions, lengths, alphabet);
        int frames = batch.frames();
        float[] best = emissions.isEmpty() ? new float[0] : bestClasses(emissions);
        int scores = batch.size() * frames;
        List<Hypothesis> hypotheses = new ArrayList<>(batch.size());
        for (int sample = 0; sample < batch.size(); sample++) {
            int[] path = new int[batch.validFrames(sample)];
            double[] logProbabilities = new double[path.length];
            for (int frame = 0; frame < path.length; frame++) {
                int index = sample * frames + frame;
                path[frame] = (int) best[index];
                logProbabilities[frame] = best[scores + index];
                if (Double.isNaN(logProbabilities[frame])) {
                    throw InvalidEmissionException.atFrame(sample, frame);
                }
            }
            hypotheses.add(collapse(path, logProbabilities));
        }
        return hypotheses;
    }

    /** Returns all best ids, as floats, and then all their log probabilities. */
    private static float[] bestClasses(NDArray emissions) {
        // Ids are exact in float32 up to 2^24 classes, and so travel with the scores.
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray logits = emissions.toType(DataType.FLOAT32, false);
            NDArray ids = logits.argMax(2).toType(DataType.FLOAT32, false);
            NDArray logProbabilities = logits.logSoftmax(2).max(new int[] {2});
            return HostArrays.readFloats(NDArrays.stack(new NDList(ids, logProbabilities)));
        }
    }

    private Hypothesis collapse(int[] path, double[] logProbabilities) {
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
