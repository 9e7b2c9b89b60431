package io.github.djlctc.decode;

/**
 * What the text of a prefix means for the words to come: where in a word it ends, what the language
 * model and the hotwords know, and what all that weighs so far. A mutable cursor.
 */
final class TextState {

    /** Whether the text ends within a word, and not at its start or after a separator. */
    boolean inWord;

    /** The trie's node of the word's characters, or {@link WordTrie#NONE} off the trie. */
    int trieNode;

    int hotwordState;

    /** The natural logarithm of all but the emissions: language model, bonuses, look-ahead. */
    double logWeight;

    /** What the language model gives, unweighted and without look-ahead. */
    double languageModelScore;

    final int[] languageModelState;

    /** The ways to divide the text into words; null where something in the text separates them. */
    Segmentations segmentations;

    /** Takes the place of {@link #segmentations} with the next character. */
    Segmentations spareSegmentations;

    TextState(int languageModelStateSize) {
        languageModelState = new int[languageModelStateSize];
    }
}
