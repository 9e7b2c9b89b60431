package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A part of the text of a stream that no later frame changes, nor the frames of its words.
 *
 * @param text whole words with single spaces between them, or characters where the alphabet
 *     {@linkplain io.github.djlctc.text.Alphabet#joinsWords() joins words}; empty if nothing has
 *     become stable
 * @param tokens the tokens in order, word delimiters included, blanks not
 * @param words the words in order
 * @serial exclude
 */
public record StableText(String text, List<TokenSpan> tokens, List<WordSpan> words)
        implements Serializable {

    /**
     * Copies the lists.
     *
     * @param text whole words with single spaces between them, or characters
     * @param tokens the tokens in order
     * @param words the words in order
     */
    public StableText {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(words, "words");
        tokens = List.copyOf(tokens);
        words = List.copyOf(words);
    }
}
