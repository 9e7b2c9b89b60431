package io.github.djlctc.lm;

import java.util.List;

/**
 * Gives the probability of a word after the words before it.
 *
 * <p>Words are given by their ids, the indexes of the {@link #vocabulary}. The words before are
 * given by a state: {@link #stateSize} ints in an array of the caller, whose meaning only the model
 * knows. The model itself stores no states, so callers can keep, compare and copy millions of them
 * without allocation. Two equal states must score all words alike. The state of a neural model can
 * be the ids of the last words, or the index of a vector that the model stores.
 *
 * <p>All scores are natural logarithms. "Words" are the tokens of a CTC model where a decoder uses
 * a model of tokens. Implementations must be safe for use by many threads.
 */
public interface LanguageModel {

    /**
     * Returns the words that the model knows, in the order of their ids.
     *
     * <p>The list may hold entries that are no words, such as {@code <unk>}, {@code <s>} and {@code
     * </s>}.
     *
     * @return an immutable list
     */
    List<String> vocabulary();

    /**
     * Returns the words that the model knows, without the {@linkplain ReservedWords entries that
     * are no words}.
     *
     * @return a new list, in the order of their ids
     */
    default List<String> words() {
        return vocabulary().stream().filter(word -> !ReservedWords.contains(word)).toList();
    }

    /**
     * Returns the id that stands for all words the model does not know.
     *
     * @return an id of the vocabulary
     */
    int unknownWord();

    /**
     * Returns the size of a state.
     *
     * @return how many ints a state takes, 1 or more
     */
    int stateSize();

    /**
     * Writes the state before the first word of a sentence.
     *
     * @param states where to write
     * @param at the index of the state's first int
     */
    void writeSentenceStart(int[] states, int at);

    /**
     * Writes the state without any context. Scores in this state rank words by how common they are.
     *
     * @param states where to write
     * @param at the index of the state's first int
     */
    void writeEmptyContext(int[] states, int at);

    /**
     * Scores a word and writes the state after it.
     *
     * @param states holds the state before the word; not changed, unless both states are in the
     *     same place; they must not overlap otherwise
     * @param at the index of that state's first int
     * @param word the word's id, {@link #unknownWord()} for one that the model does not know
     * @param next receives the state after the word
     * @param nextAt the index of that state's first int
     * @return the natural logarithm of the word's probability
     */
    double score(int[] states, int at, int word, int[] next, int nextAt);

    /**
     * Scores the end of the sentence.
     *
     * @param states holds the state after the last word; not changed
     * @param at the index of the state's first int
     * @return the natural logarithm of the probability that the sentence ends here
     */
    double scoreSentenceEnd(int[] states, int at);
}
