package io.github.djlctc.lm;

/** The entries of a language model's vocabulary that are not words. */
public final class ReservedWords {

    /** The entry for all words outside the vocabulary. */
    public static final String UNKNOWN = "<unk>";

    /** Precedes the first word of a sentence. */
    public static final String SENTENCE_START = "<s>";

    /** Follows the last word of a sentence. */
    public static final String SENTENCE_END = "</s>";

    private ReservedWords() {}

    /**
     * Tells whether an entry is one of these; some models write {@code <UNK>}.
     *
     * @param word the entry
     * @return whether it is no word
     */
    public static boolean contains(String word) {
        return word.equals(SENTENCE_START)
                || word.equals(SENTENCE_END)
                || word.equalsIgnoreCase(UNKNOWN);
    }
}
