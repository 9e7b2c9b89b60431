package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;

import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.host.HostArrays;

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
        EmissionBatch batch = EmissionBatch.of(emissions, lengths, decoder.alphabet());
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
            hypotheses.add(decoder.collapse(path, logProbabilities));
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
}
