package io.github.djlctc.decode;

import io.github.djlctc.lm.LanguageModel;

/**
 * Divides texts into the words of a lexicon, where nothing in the text separates them, and weighs
 * the words. A text has the weight of its best division; that is found exactly, since {@link
 * Segmentations} keeps all that can become the best.
 */
final class SegmentationScorer {

    private final VocabularyModel vocabulary;

    /** Scores words, or null. */
    private final LanguageModel model;

    private final double alpha;
    private final double beta;

    SegmentationScorer(VocabularyModel vocabulary, LanguageModel model, double alpha, double beta) {
        this.vocabulary = vocabulary;
        this.model = model;
        this.alpha = alpha;
        this.beta = beta;
    }

    /** Returns a cursor's segmentations. */
    Segmentations newSegmentations() {
        return new Segmentations(model == null ? 0 : model.stateSize());
    }

    /** Sets a cursor to the empty text. */
    void start(TextState state) {
        Segmentations start = state.segmentations;
        start.clear();
        start.reserve();
        if (model != null) {
            model.writeSentenceStart(start.states(), 0);
        }
        start.add(WordTrie.ROOT, 0, 0);
    }

    /**
     * Moves a cursor behind one more character, which goes on with the last word or begins another.
     *
     * @return false if there are no words that begin like this
     */
    boolean addCharacter(TextState state, char character) {
        Segmentations from = state.segmentations;
        Segmentations to = state.spareSegmentations;
        int first = vocabulary.child(WordTrie.ROOT, character);
        to.clear();
        for (int way = 0; way < from.count(); way++) {
            int node = from.trieNode(way);
            int child = vocabulary.child(node, character);
            if (child != WordTrie.NONE) {
                continueWord(from, way, child, to);
            }
            if (first != WordTrie.NONE && vocabulary.isWord(node)) {
                startWord(from, way, first, to);
            }
        }
        if (to.count() == 0) {
            return false;
        }
        state.segmentations = to;
        state.spareSegmentations = from;
        takeBest(state);
        return true;
    }

    private void continueWord(Segmentations from, int way, int child, Segmentations to) {
        to.reserve();
        System.arraycopy(
                from.states(),
                from.stateIndex(way),
                to.states(),
                to.stateIndex(to.count()),
                from.stateSize());
        double change = lookAhead(child) - lookAhead(from.trieNode(way));
        to.add(child, from.weight(way) + change, from.languageModelScore(way));
    }

    private void startWord(Segmentations from, int way, int first, Segmentations to) {
        to.reserve();
        double score = scoreLastWord(from, way, to.states(), to.stateIndex(to.count()));
        to.add(
                first,
                withoutLookAhead(from, way) + beta + alpha * score + lookAhead(first),
                from.languageModelScore(way) + score);
    }

    private double scoreLastWord(Segmentations from, int way, int[] next, int nextAt) {
        int word = vocabulary.languageModelId(from.trieNode(way));
        return model == null
                ? 0
                : model.score(from.states(), from.stateIndex(way), word, next, nextAt);
    }

    private double withoutLookAhead(Segmentations from, int way) {
        return from.weight(way) - lookAhead(from.trieNode(way));
    }

    private double lookAhead(int node) {
        return alpha * vocabulary.lookAhead(node);
    }

    private void takeBest(TextState state) {
        Segmentations ways = state.segmentations;
        int best = ways.best();
        double gain = ways.weight(best);
        state.logWeight += gain;
        ways.addToWeights(-gain);
        if (model != null) {
            state.languageModelScore = ways.languageModelScore(best);
        }
        // That from which the end of a word can gain most bounds what the next token can add.
        state.trieNode = ways.trieNode(0);
        for (int way = 1; way < ways.count(); way++) {
            int node = ways.trieNode(way);
            state.trieNode = lookAhead(node) < lookAhead(state.trieNode) ? node : state.trieNode;
        }
    }

    /**
     * Ends the last word, and with it the text: sets the weight and the language model's state to
     * those of the best division.
     *
     * @param scoresSentenceEnd whether the language model scores what follows
     * @return false if no division ends in a whole word
     */
    boolean end(TextState state, boolean scoresSentenceEnd) {
        Segmentations ways = state.segmentations;
        int[] next = new int[ways.stateSize()];
        double bestWithEnd = Double.NEGATIVE_INFINITY;
        double bestWeight = 0;
        for (int way = 0; way < ways.count(); way++) {
            if (!vocabulary.isWord(ways.trieNode(way))) {
                continue;
            }
            double score = scoreLastWord(ways, way, next, 0);
            double weight = withoutLookAhead(ways, way) + beta + alpha * score;
            boolean scoresEnd = scoresSentenceEnd && model != null;
            double withEnd = weight + (scoresEnd ? alpha * model.scoreSentenceEnd(next, 0) : 0);
            if (withEnd > bestWithEnd) {
                bestWithEnd = withEnd;
                bestWeight = weight;
                if (model != null) {
                    state.languageModelScore = ways.languageModelScore(way) + score;
                    System.arraycopy(next, 0, state.languageModelState, 0, next.length);
                }
            }
        }
        state.logWeight += bestWeight;
        return bestWithEnd > Double.NEGATIVE_INFINITY;
    }
}
