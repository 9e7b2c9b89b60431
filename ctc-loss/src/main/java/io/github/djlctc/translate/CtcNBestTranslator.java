package io.github.djlctc.translate;

import io.github.djlctc.decode.BeamSearchResult;

/**
 * Makes an n-best list of an input by any CTC model that DJL runs, as {@link CtcTranslator} makes
 * the best text; {@link CtcTranslator.Builder#buildNBest} creates it.
 *
 * <p>Immutable and safe for use by many threads.
 *
 * @param <I> the type of the inputs
 */
public final class CtcNBestTranslator<I> extends EmissionTranslator<I, BeamSearchResult> {

    CtcNBestTranslator(EmissionPipeline<I> pipeline, BeamSearchBatchDecoder decoder) {
        super(pipeline, decoder::searchBatch);
    }
}
