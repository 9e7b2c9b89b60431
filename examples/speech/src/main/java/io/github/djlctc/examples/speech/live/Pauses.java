package io.github.djlctc.examples.speech.live;

/**
 * What ends a sentence.
 *
 * @param seconds how long nothing is said
 * @param longestSentence how long a sentence may last before it is cut, in seconds
 */
public record Pauses(double seconds, double longestSentence) {

    /** The pause that ends a sentence, unless another is asked for, in seconds. */
    public static final double DEFAULT_SECONDS = 0.7;

    /** The longest sentence, unless another is asked for, in seconds. */
    public static final double DEFAULT_LONGEST = 20;

    /** Pauses of {@link #DEFAULT_SECONDS}, and sentences of at most {@link #DEFAULT_LONGEST}. */
    public static final Pauses DEFAULT = new Pauses(DEFAULT_SECONDS, DEFAULT_LONGEST);

    private static final double LEAST = 0.2;
    private static final double MOST = 10;
    private static final double LEAST_SENTENCE = 5;
    private static final double MOST_SENTENCE = 60;

    /**
     * Checks the ranges.
     *
     * @param seconds how long nothing is said, 0.2 to 10
     * @param longestSentence how long a sentence may last, 5 to 60
     */
    public Pauses {
        if (!(seconds >= LEAST && seconds <= MOST)) {
            throw new IllegalArgumentException(
                    "a pause must last " + LEAST + " to " + MOST + " s, but is " + seconds);
        }
        if (!(longestSentence >= LEAST_SENTENCE && longestSentence <= MOST_SENTENCE)) {
            throw new IllegalArgumentException(
                    "the longest sentence must last %s to %s s, but is %s"
                            .formatted(LEAST_SENTENCE, MOST_SENTENCE, longestSentence));
        }
    }
}
