package io.github.djlctc.decode;

/**
 * What a stream has recognised so far.
 *
 * @param stableText whole words that no later frame can change, from the first word on
 * @param text the best text so far, the last word perhaps unfinished; begins with the stable text,
 *     but may change behind it
 */
public record PartialResult(String stableText, String text) {}
