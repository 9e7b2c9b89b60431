package io.github.djlctc.decode;

/**
 * What a stream has recognised so far.
 *
 * @param stableText the words that no later frame can change
 * @param text the best text so far, which begins with the stable text
 */
public record PartialResult(String stableText, String text) {}
