package io.github.djlctc.decode;

/**
 * A word and the frames it was recognised in.
 *
 * @param word the word
 * @param startFrame the first frame of its first token, from 0
 * @param endFrame the frame after the last one of its last token
 * @param logProbability the sum of its tokens' {@link TokenSpan#logProbability() log probabilities}
 */
public record WordSpan(String word, int startFrame, int endFrame, double logProbability) {}
