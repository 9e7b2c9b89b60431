package io.github.djlctc.decode;

import java.io.Serializable;
import java.util.Objects;

/**
 * The result of a stream so far, but what was {@linkplain DecodeStream#takeStable taken} out of it.
 *
 * @param stableText the beginning of the text that no later frame changes: whole words, or
 *     characters where the alphabet {@linkplain io.github.djlctc.text.Alphabet#joinsWords() joins
 *     words}. Only a lexicon can still make the final result {@linkplain
 *     BeamSearchResult#isNothing() empty}, if the stream ends within a word
 * @param text the best text so far, the last word perhaps unfinished; begins with the stable text,
 *     but may change after it
 * @serial exclude
 */
public record PartialResult(String stableText, String text) implements Serializable {

    /**
     * Checks that nothing is null.
     *
     * @param stableText the beginning of the text that no later frame changes: whole words, or
     *     characters where the alphabet {@linkplain io.github.djlctc.text.Alphabet#joinsWords()
     *     joins words}. Only a lexicon can still make the final result {@linkplain
     *     BeamSearchResult#isNothing() empty}, if the stream ends within a word
     * @param text the best text so far, the last word perhaps unfinished; begins with the stable
     *     text, but may change after it
     */
    public PartialResult {
        Objects.requireNonNull(stableText, "stableText");
        Objects.requireNonNull(text, "text");
    }
}
