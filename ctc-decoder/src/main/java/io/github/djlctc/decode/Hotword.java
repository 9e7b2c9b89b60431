package io.github.djlctc.decode;

/**
 * A word or phrase that a decoder should favour.
 *
 * @param phrase one or more words
 * @param weight what a hypothesis gains for each time it holds the phrase, a natural logarithm; at
 *     most 1.25 for each character counts (or 0.375 times the natural logarithm of the number of
 *     characters that the alphabet has, if that is more), since more outweighs whatever was heard.
 *     A negative weight makes the phrase less likely
 */
public record Hotword(String phrase, double weight) {

    /**
     * Checks the values.
     *
     * @param phrase one or more words
     * @param weight what a hypothesis gains for the phrase
     * @throws IllegalArgumentException if the phrase is blank, or the weight not finite
     */
    public Hotword {
        if (phrase.isBlank()) {
            throw new IllegalArgumentException("a hotword is empty");
        }
        if (!Double.isFinite(weight)) {
            throw new IllegalArgumentException(
                    "the weight of hotword \"" + phrase + "\" is " + weight);
        }
    }
}
