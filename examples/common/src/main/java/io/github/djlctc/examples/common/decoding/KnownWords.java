package io.github.djlctc.examples.common.decoding;

import io.github.djlctc.decode.BeamSearchDecoder;
import io.github.djlctc.decode.CTCDecoder;
import io.github.djlctc.decode.Hypothesis;
import io.github.djlctc.decode.LanguageModelCoverage;

import java.util.Collection;
import java.util.Optional;

/**
 * Counts how much of what is decoded a decoder's language model knows, without keeping the texts.
 */
public final class KnownWords {

    private final CTCDecoder decoder;
    private LanguageModelCoverage coverage;

    /**
     * Starts at zero.
     *
     * @param decoder what decodes; nothing is counted unless it searches with a language model
     */
    public KnownWords(CTCDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * Counts more.
     *
     * @param hypotheses what the decoder has found
     */
    public void add(Collection<Hypothesis> hypotheses) {
        if (decoder instanceof BeamSearchDecoder search) {
            search.coverage(hypotheses)
                    .ifPresent(more -> coverage = coverage == null ? more : coverage.plus(more));
        }
    }

    /**
     * Returns the counts.
     *
     * @return how much the language model knows; nothing if there is none, or nothing was decoded
     */
    public Optional<LanguageModelCoverage> coverage() {
        return Optional.ofNullable(coverage);
    }
}
