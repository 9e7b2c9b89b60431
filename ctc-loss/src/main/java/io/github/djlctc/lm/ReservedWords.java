package io.github.djlctc.lm;

/** The entries of a vocabulary that are no words. */
final class ReservedWords {

    private ReservedWords() {}

    /** Tells whether a word is one of these; some models write {@code <UNK>}. */
    static boolean contains(String word) {
        return word.equals(NGramModel.SENTENCE_START)
                || word.equals(NGramModel.SENTENCE_END)
                || word.equalsIgnoreCase(NGramModel.UNKNOWN);
    }
}
