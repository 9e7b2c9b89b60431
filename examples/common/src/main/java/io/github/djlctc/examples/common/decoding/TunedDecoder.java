package io.github.djlctc.examples.common.decoding;

import java.util.Optional;

/**
 * What tuning chose, and by which errors on the validation set.
 *
 * @param choice what the model is decoded with from now on
 * @param description the settings of the beam search, or why there is none
 * @param search the best beam search, also if greedy decoding is better; nothing if there is none
 * @param samples how many samples of the validation set were decoded
 * @param ofGreedy the errors of greedy decoding on them
 * @param ofSearch those of the search
 */
public record TunedDecoder(
        Choice choice,
        String description,
        Optional<Decoding> search,
        int samples,
        DecodingErrors ofGreedy,
        Optional<DecodingErrors> ofSearch) {

    /** The two ways to decode. */
    public enum Choice {
        /** The likeliest class of each frame. */
        GREEDY,
        /** A beam search with the language model of the training texts. */
        SEARCH
    }

    static TunedDecoder withoutSearch(String reason, int samples, DecodingErrors ofGreedy) {
        return new TunedDecoder(
                Choice.GREEDY, reason, Optional.empty(), samples, ofGreedy, Optional.empty());
    }
}
