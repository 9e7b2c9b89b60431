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
     * Returns the key of the n-gram that has one more word in front. It depends on words only, so
     * that the processor can look for several n-grams at once.
     *
     * @param key the key of the n-gram, the id of the word of a unigram
     */
    long key(long key, int word);

    /**
     * Finds the n-gram that has one more word in front.
     *
     * @param length the number of words of the n-gram given, less than the order
     * @param weights the weights of the n-gram given
     * @param key the key of the n-gram with one more word
     */
    long extend(int length, long nGram, long weights, long key, int word);

    /**
     * Returns both weights of an n-gram, which {@link #probability} and {@link #backoffBits} take
     * apart; those of the order have no back-off weight.
     */
    long weights(int length, long nGram);

    /**
     * Brings into the cache where n-grams are looked for, for all that end in one of some words.
     *
     * @param words the ids of words that follow each other
     * @param from the index of the first word that n-grams end in; those before it are its context
     */
    default void prefetch(int[] words, int from) {
        // Where the way to an n-gram leads through others, there is no short cut.
    }

    /** Returns the logarithm of an n-gram's probability to the base 10. */
    static float probability(long weights) {
        // The sign, which is always negative, is lost or has another meaning.
        return -Math.abs(Float.intBitsToFloat((int) weights));
    }

    /** Returns the logarithm of an n-gram's back-off weight as the bits of a float. */
    static int backoffBits(long weights) {
        return (int) (weights >>> Integer.SIZE);
    }
}
