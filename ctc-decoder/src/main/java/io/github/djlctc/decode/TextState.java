package io.github.djlctc.decode;

/**
 * The state of scoring after the text of a prefix: the position in the current word, the states of
 * the language model and of the hotwords, and the weight so far. A mutable cursor.
 */
final class TextState {

    /** Whether the text ends within a word, and not at its start or after a separator. */
    boolean inWord;

    /** The node of the current word in the trie, {@link WordTrie#NONE} if no word begins so. */
    int trieNode;

    /** The state of the {@link HotwordAutomaton}. */
    int hotwordState;

    /** The part of the score that is not acoustic: language model, bonuses, look-ahead. */
    double logWeight;

    /** The score of the language model, unweighted and without look-ahead. */
    double languageModelScore;

    /** The state of the language model. */
    /** The state of the language model after the text's whole words, in its own form. */
    final int[] languageModelState;

    /** The ways to divide the text into words; null where something in the text separates them. */
    Segmentations segmentations;

    /** Takes the place of {@link #segmentations} with the next character. */
    Segmentations spareSegmentations;

    TextState(int languageModelStateSize) {
        languageModelState = new int[languageModelStateSize];
    }
}
