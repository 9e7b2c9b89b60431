package io.github.djlctc.emission;

import io.github.djlctc.text.Alphabet;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A word and the frames it was recognised in.
 *
 * @param word the word
 * @param startFrame the first frame of its first token, from 0
 * @param endFrame the frame after the last one of its last token
 * @param logProbability the sum of its tokens' {@link TokenSpan#logProbability() log probabilities}
 * @param confidence how sure the word is, from 0 to 1; the geometric mean of its tokens' {@link
 *     TokenSpan#confidence() confidences} where nothing else is known
 * @serial exclude
 */
public record WordSpan(
        String word, int startFrame, int endFrame, double logProbability, double confidence)
        implements FrameSpan, Serializable {

    /**
     * Checks that nothing is null.
     *
     * @param word the word
     * @param startFrame the first frame of its first token, from 0
     * @param endFrame the frame after the last one of its last token
     * @param logProbability the sum of its tokens' {@link TokenSpan#logProbability() log
     *     probabilities}
     * @param confidence how sure the word is, from 0 to 1; the geometric mean of its tokens' {@link
     *     TokenSpan#confidence() confidences} where nothing else is known
     */
    public WordSpan {
        Objects.requireNonNull(word, "word");
    }

    /**
     * Joins tokens to words: wherever a token's text has a space, a word ends.
     *
     * @param alphabet tells how tokens read
     * @param tokens the tokens in order, without blanks
     * @return the words in order
     * @throws IllegalArgumentException if the alphabet lacks the id of a token
     */
    public static List<WordSpan> group(Alphabet alphabet, List<TokenSpan> tokens) {
        Objects.requireNonNull(alphabet, "alphabet");
        Objects.requireNonNull(tokens, "tokens");
        return WordGrouping.group(alphabet, tokens);
    }
}
