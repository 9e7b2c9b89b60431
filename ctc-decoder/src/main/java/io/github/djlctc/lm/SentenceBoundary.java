package io.github.djlctc.lm;

/** Whether the start and the end of a sentence count in its probability. */
public enum SentenceBoundary {

    /** The first word is scored after {@code <s>}, and {@code </s>} after the last word. */
    SCORED,

    /** The first word is scored without context, and no end of the sentence. */
    ABSENT
}
