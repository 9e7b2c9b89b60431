package io.github.djlctc.decode;

import io.github.djlctc.emission.TokenSpan;
import io.github.djlctc.emission.WordSpan;
import io.github.djlctc.text.Alphabet;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A text that a decoder recognised.
 *
 * @param text the words with single spaces between them
 * @param tokens the tokens in order, word delimiters included, blanks not
 * @param words the words in order
 * @param score the natural logarithm by which the decoder ranks hypotheses, unless by {@linkplain
 *     BeamSearchDecoder.Builder#optMinimumBayesRisk minimum Bayes risk}; each decoder documents its
 *     terms
 * @param acousticScore the part of the score that comes from the emissions
 * @param languageModelScore the natural logarithm of the text's probability by the language model,
 *     unweighted; 0 without a language model
 * @serial exclude
 */
public record Hypothesis(
        String text,
        List<TokenSpan> tokens,
        List<WordSpan> words,
        double score,
        double acousticScore,
        double languageModelScore)
        implements Serializable {

    /**
     * Copies the lists.
     *
     * @param text the words with single spaces between them
     * @param tokens the tokens in order
     * @param words the words in order
     * @param score the natural logarithm by which the decoder ranks hypotheses
     * @param acousticScore the part of the score that comes from the emissions
     * @param languageModelScore the natural logarithm of the language model's probability
     */
    public Hypothesis {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(words, "words");
        tokens = List.copyOf(tokens);
        words = List.copyOf(words);
    }

    /**
     * Creates the hypothesis of a sequence of tokens whose score is acoustic only.
     *
     * @param alphabet tells where words begin and how tokens read
     * @param tokens the tokens in order, without blanks
     * @param score the natural logarithm by which the decoder ranks hypotheses
     * @return the hypothesis with its text and words
     * @throws IllegalArgumentException if the alphabet lacks the id of a token
     */
    public static Hypothesis of(Alphabet alphabet, List<TokenSpan> tokens, double score) {
        Objects.requireNonNull(alphabet, "alphabet");
        Objects.requireNonNull(tokens, "tokens");
        List<WordSpan> words = WordSpan.group(alphabet, tokens);
        String text = words.stream().map(WordSpan::word).collect(Collectors.joining(" "));
        return new Hypothesis(text, tokens, words, score, score, 0);
    }

    /**
     * Tells whether this stands for no result: an empty text with a score of negative infinity,
     * because no text of the lexicon fits the emissions.
     *
     * @return whether nothing was found
     */
    public boolean isNothing() {
        return score == Double.NEGATIVE_INFINITY;
    }

    /**
     * Returns the class ids of the tokens.
     *
     * @return a new array
     */
    public int[] ids() {
        return tokens.stream().mapToInt(TokenSpan::id).toArray();
    }
}
