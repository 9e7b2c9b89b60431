package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;

import java.util.List;

/**
 * Decodes batches of a DJL model by beam search, on several threads.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class BeamSearchBatchDecoder {

    private final BeamSearchDecoder decoder;
    private final int threads;

    /**
     * Creates a decoder of batches.
     *
     * @param decoder decodes each sample
     * @param threads how many threads, at least 1
     * @throws IllegalArgumentException if there is not one thread
     */
    public BeamSearchBatchDecoder(BeamSearchDecoder decoder, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; at least 1 is needed");
        }
        this.decoder = decoder;
        this.threads = threads;
    }

    /**
     * Decodes a batch.
     *
     * <p>The emissions are copied from their device in one transfer, in float32; arrays made on the
     * way are closed.
     *
     * @param emissions scores of shape (N, T, C), C the alphabet's size, of the decoder's {@link
     *     io.github.djlctc.emission.EmissionScale scale}: logits or log probabilities, unless it
     *     was told otherwise
     * @param lengths the valid frames of each sample, of shape (N), int64 or int32; frames beyond
     *     them may hold anything; null if all frames of all samples are valid
     * @return the results in the order of the samples
     * @throws IllegalArgumentException if shapes or the type of the lengths do not fit, or a length
     *     is negative or above T
     * @throws EmissionScaleException if the scores of a sample's valid frames are not of that scale
     * @throws InvalidEmissionException if a valid frame has no best class, because of NaN or
     *     infinity
     */
    public List<BeamSearchResult> search(NDArray emissions, NDArray lengths) {
        EmissionBatch batch = EmissionBatch.of(emissions, lengths, decoder.alphabet());
        return decoder.searchBatch(batch.samples(), threads);
    }
}
