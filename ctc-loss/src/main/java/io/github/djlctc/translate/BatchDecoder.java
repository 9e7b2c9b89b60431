package io.github.djlctc.translate;

import ai.djl.ndarray.NDArray;

import io.github.djlctc.batch.EmissionLayout;
import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.GreedyDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.emission.EmissionScaleException;
import io.github.djlctc.emission.InvalidEmissionException;
import io.github.djlctc.text.Alphabet;

import java.util.List;
import java.util.Objects;

/**
 * Decodes arrays of a DJL model, of any engine and device, as a {@link CTCDecoder} decodes values.
 *
 * <p>Immutable and safe for use by many threads.
 */
public abstract sealed class BatchDecoder
        permits GreedyBatchDecoder, BeamSearchBatchDecoder, HostBatchDecoder {

    BatchDecoder() {}

    /**
     * Creates a decoder of arrays.
     *
     * @param decoder decodes each sample
     * @param threads how many threads decode a batch, at least 1; greedy decoding needs one only
     * @return a {@link GreedyBatchDecoder} or a {@link BeamSearchBatchDecoder}, as the decoder is;
     *     for any other, what hands it the values
     * @throws IllegalArgumentException if there is not one thread
     */
    public static BatchDecoder of(CTCDecoder decoder, int threads) {
        Objects.requireNonNull(decoder, "decoder");
        checkThreads(threads);
        if (decoder instanceof GreedyDecoder greedy) {
            return new GreedyBatchDecoder(greedy);
        }
        if (decoder instanceof BeamSearchDecoder beamSearch) {
            return new BeamSearchBatchDecoder(beamSearch, threads);
        }
        return new HostBatchDecoder(decoder, threads);
    }

    static void checkThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; at least 1 is needed");
        }
    }

    /**
     * Decodes one sample.
     *
     * @param emissions the scores of shape (T, C), C the alphabet's size
     * @return the best hypothesis
     * @throws IllegalArgumentException if the shape does not fit
     * @throws EmissionScaleException if the valid frames of a sample are not of the decoder's
     *     {@link io.github.djlctc.emission.EmissionScale scale}
     * @throws InvalidEmissionException if a frame has no best class, because of NaN or infinity
     */
    public final Hypothesis decode(NDArray emissions) {
        Objects.requireNonNull(emissions, "emissions");
        return decodeBatch(EmissionBatch.ofSample(emissions, alphabet())).get(0);
    }

    /**
     * Decodes a batch.
     *
     * <p>The emissions are read in float32, in one transfer from their device; arrays made on the
     * way are closed.
     *
     * @param emissions the scores of shape (N, T, C), C the alphabet's size
     * @param lengths the valid frames of each sample, of shape (N), int64 or int32; frames beyond
     *     them may hold anything; null if all frames of all samples are valid
     * @return the best hypothesis of each sample, in order
     * @throws IllegalArgumentException if shapes or the type of the lengths do not fit, or a length
     *     is negative or above T
     * @throws EmissionScaleException if the valid frames of a sample are not of the decoder's
     *     {@link io.github.djlctc.emission.EmissionScale scale}
     * @throws InvalidEmissionException if a valid frame has no best class, because of NaN or
     *     infinity
     */
    public final List<Hypothesis> decodeBatch(NDArray emissions, NDArray lengths) {
        Objects.requireNonNull(emissions, "emissions");
        return decodeBatch(
                EmissionBatch.of(emissions, lengths, EmissionLayout.BATCH_MAJOR, alphabet()));
    }

    /**
     * Returns the classes of the model.
     *
     * @return the alphabet
     */
    public abstract Alphabet alphabet();

    abstract List<Hypothesis> decodeBatch(EmissionBatch batch);
}
