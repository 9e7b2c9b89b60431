package io.github.djlctc.lm;

/** The hashes by which KenLM identifies n-grams of two or more words in hash tables. */
final class NGramHash {

    private NGramHash() {}

    /**
     * Returns the hash of an n-gram with one more word in front.
     *
     * @param hash the hash of the n-gram, or the id of its one word
     */
    static long combine(long hash, int word) {
        return hash * 0x7c9ba2733b63f585L ^ (1L + word) * 0xf8574e1221634907L;
    }

    /**
     * Returns the hash of an n-gram.
     *
     * @param words the ids of the words, the last one first
     * @param from the index of the last word
     * @param length the number of words
     */
    static long of(int[] words, int from, int length) {
        long hash = words[from];
        for (int i = from + 1; i < from + length; i++) {
            hash = combine(hash, words[i]);
        }
        return hash;
    }
}
