package io.github.djlctc.lm;

/**
 * The n-grams of a KenLM binary, found from their last word backwards, and identified by numbers
 * whose meaning depends on the implementation.
 */
sealed interface KenLMSearch permits ProbingSearch, TrieSearch {

    /** The result of {@link #extend} for an n-gram that the model lacks. */
    long NONE = -1;

    /** Returns the n-gram of one word. */
    long unigram(int word);

    /**
     * Finds the n-gram that has one more word in front.
     *
     * @param length the number of words of the n-gram given, less than the order
     */
    long extend(int length, long nGram, int word);

    /** Returns the logarithm of an n-gram's probability to the base 10. */
    float probability(int length, long nGram);

    /** Returns the logarithm of the back-off weight of an n-gram shorter than the order. */
    float backoff(int length, long nGram);
}
