package io.github.djlctc.lm;

/** The entries of a vocabulary that are no words. */
final class ReservedWords {

    static final String UNKNOWN = "<unk>";
    static final String SENTENCE_START = "<s>";
    static final String SENTENCE_END = "</s>";

    private ReservedWords() {}

    /** Tells whether a word is one of these; some models write {@code <UNK>}. */
    static boolean contains(String word) {
        return word.equals(SENTENCE_START)
                || word.equals(SENTENCE_END)
                || word.equalsIgnoreCase(UNKNOWN);
    }
}
