package io.github.djlctc.decode;

import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.lm.NGramModel;

import java.util.List;

/**
 * A model whose state is the ids of the last two words, as a neural model's may be. It gets its
 * probabilities from another model, and has the words in another order.
 */
final class LastWordsModel implements LanguageModel {

    private static final int START = -1;
    private static final int NOTHING = -2;

    private final NGramModel model;
    private final List<String> vocabulary;

    LastWordsModel(NGramModel model) {
        this.model = model;
        vocabulary = model.vocabulary().stream().sorted().toList();
    }

    @Override
    public List<String> vocabulary() {
        return vocabulary;
    }

    @Override
    public int unknownWord() {
        return vocabulary.indexOf("<unk>");
    }

    @Override
    public int stateSize() {
        return 2;
    }

    @Override
    public void writeSentenceStart(int[] states, int at) {
        states[at] = NOTHING;
        states[at + 1] = START;
    }

    @Override
    public void writeEmptyContext(int[] states, int at) {
        states[at] = NOTHING;
        states[at + 1] = NOTHING;
    }

    @Override
    public double score(int[] states, int at, int word, int[] next, int nextAt) {
        double score = score(states, at, vocabulary.get(word));
        int last = states[at + 1];
        next[nextAt] = last;
        next[nextAt + 1] = word;
        return score;
    }

    @Override
    public double scoreSentenceEnd(int[] states, int at) {
        return score(states, at, "</s>");
    }

    private double score(int[] states, int at, String word) {
        int[] state = new int[model.stateSize()];
        model.writeEmptyContext(state, 0);
        for (int i = at; i < at + 2; i++) {
            if (states[i] == START) {
                model.writeSentenceStart(state, 0);
            } else if (states[i] != NOTHING) {
                int id = model.wordId(vocabulary.get(states[i]));
                model.score(state, 0, id, state, 0);
            }
        }
        return model.score(state, 0, model.wordId(word), state, 0);
    }
}
