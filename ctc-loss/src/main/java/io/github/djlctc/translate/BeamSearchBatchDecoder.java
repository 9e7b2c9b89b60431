package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;

import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.BeamSearchResult;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.text.Alphabet;

import java.util.List;
import java.util.Objects;

/**
 * Decodes arrays of a DJL model by beam search, on several threads.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class BeamSearchBatchDecoder extends BatchDecoder {

    private final BeamSearchDecoder decoder;
    private final int threads;

    /**
     * Creates a decoder of arrays.
     *
     * @param decoder decodes each sample
     * @param threads how many threads, at least 1
     * @throws IllegalArgumentException if there is not one thread
     */
    public BeamSearchBatchDecoder(BeamSearchDecoder decoder, int threads) {
        checkThreads(threads);
        this.decoder = Objects.requireNonNull(decoder, "decoder");
        this.threads = threads;
    }

    @Override
    public Alphabet alphabet() {
        return decoder.alphabet();
    }

    /**
     * Decodes a batch, and returns more than {@link #decodeBatch}.
     *
     * @param emissions the scores of shape (N, T, C), C the alphabet's size
     * @param lengths the valid frames of each sample, of shape (N), int64 or int32; null if all
     *     frames are valid
     * @return the best hypotheses of each sample and what became of the hotwords, in the order of
     *     the samples
     * @throws IllegalArgumentException if shapes or the type of the lengths do not fit, or a length
     *     is negative or above T
     * @throws EmissionScaleException if the valid frames of a sample are not of the decoder's
     *     {@link io.github.djlctc.emission.EmissionScale scale}
     * @throws InvalidEmissionException if a valid frame has no best class, because of NaN or
     *     infinity
     */
    public List<BeamSearchResult> searchBatch(NDArray emissions, NDArray lengths) {
        Objects.requireNonNull(emissions, "emissions");
        return searchBatch(
                EmissionBatch.of(emissions, lengths, EmissionLayout.BATCH_MAJOR, alphabet()));
    }

    List<BeamSearchResult> searchBatch(EmissionBatch batch) {
        return decoder.searchBatch(batch.samples(), threads);
    }

    @Override
    List<Hypothesis> decodeBatch(EmissionBatch batch) {
        return decoder.decodeBatch(batch.samples(), threads);
    }
}
