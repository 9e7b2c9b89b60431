package io.github.djlctc.align;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The position of a known text in the emissions.
 *
 * <p>A {@link TokenSpan#confidence() confidence} near 0 points at a stretch where the text is not
 * what the model heard.
 *
 * @param tokens all tokens of the text in order, word delimiters included; they do not overlap, and
 *     the frames between them are blank or a wildcard's
 * @param words the words of the text in order, wildcards left out
 * @param score the natural logarithm of the probability of the best path, blanks included, less the
 *     penalties of wildcards
 * @serial exclude
 */
public record Alignment(List<TokenSpan> tokens, List<WordSpan> words, double score)
        implements Serializable {

    /**
     * Copies the lists.
     *
     * @param tokens all tokens of the text in order
     * @param words the words of the text in order
     * @param score the natural logarithm of the probability of the best path
     */
    public Alignment {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(words, "words");
        tokens = List.copyOf(tokens);
        words = List.copyOf(words);
    }
}
