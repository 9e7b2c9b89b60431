package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;

import java.util.ArrayList;
import java.util.List;

/**
 * Decodes batches of a DJL model greedily.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class GreedyBatchDecoder {

    private final GreedyDecoder decoder;

    /**
     * Creates a decoder of batches.
     *
     * @param decoder decodes each sample
     */
    public GreedyBatchDecoder(GreedyDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * Decodes a batch.
     *
     * <p>The best classes and their log probabilities are found on the device of the emissions, in
     * float32, and copied from it in one transfer. All arrays made on the way are closed.
     *
     * @param emissions scores of shape (N, T, C), C the alphabet's size: logits or log
     *     probabilities, or probabilities if the decoder was {@linkplain
     *     GreedyDecoder#emissionScale told so}
     * @param lengths the valid frames of each sample, of shape (N), int64 or int32; frames beyond
     *     them may hold anything; null if all frames of all samples are valid
     * @return the best hypothesis of each sample, in order
     * @throws IllegalArgumentException if shapes or the type of the lengths do not fit, or a length
     *     is negative or above T
     * @throws EmissionScaleException if the scores of a sample's valid frames are not of the
     *     decoder's scale
     * @throws InvalidEmissionException if a valid frame has no best class, because of NaN or
     *     infinity
     */
    public List<Hypothesis> decode(NDArray emissions, NDArray lengths) {
        EmissionBatch batch = EmissionBatch.of(emissions, lengths, decoder.alphabet());
        BestClasses best = BestClasses.of(emissions, decoder.emissionScale());
        List<Hypothesis> hypotheses = new ArrayList<>(batch.size());
        for (int sample = 0; sample < batch.size(); sample++) {
            hypotheses.add(decode(best, sample, batch.validFrames(sample)));
        }
        return hypotheses;
    }

    private Hypothesis decode(BestClasses best, int sample, int frames) {
        best.checkScale(sample, frames);
        int[] path = new int[frames];
        double[] logProbabilities = new double[frames];
        for (int frame = 0; frame < frames; frame++) {
            path[frame] = best.id(sample, frame);
            logProbabilities[frame] = best.logProbability(sample, frame);
            if (Double.isNaN(logProbabilities[frame])) {
                throw InvalidEmissionException.atFrame(sample, frame);
            }
        }
        return decoder.collapse(path, logProbabilities);
    }
}
