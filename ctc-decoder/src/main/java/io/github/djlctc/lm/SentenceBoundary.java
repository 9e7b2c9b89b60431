package io.github.djlctc.lm;

/** Whether the start and the end of a sentence count in its probability. */
public enum SentenceBoundary {

    /** The first word follows {@code <s>}, and {@code </s>} is scored after the last. */
    SCORED,

    /** Nothing is known of what precedes the first word, and nothing is scored after the last. */
    ABSENT
}
