package io.github.djlctc.decode;

import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.text.Alphabet;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Scores the text of a prefix, token by token: language model, bonuses of words and characters,
 * unknown words, hotwords.
 *
 * <p>Immutable. Vocabulary, language model and hotwords are null where there are none.
 */
final class TextScorer {

    private final TokenTexts texts;
    private final VocabularyModel vocabulary;
    private final LanguageModel languageModel;

    /** The language model's id of each token; null if the model is of words. */
    private final int[] languageModelTokens;

    private final HotwordAutomaton hotwords;
    private final double alpha;
    private final double beta;
    private final double gamma;
    private final double greatestCharacterGain;
    private final double unknownWordScore;
    private final boolean sentenceEnd;
    private final double unknownLookAhead;
    private final int mostWordEnds;
    private final int mostWordEndsAtStart;

    /** Where words are joined, the most characters of a token, each of which may end a hotword. */
    private final int mostHotwordEnds;

    /** Finds the words of texts that nothing separates, or null. */
    private final SegmentationScorer segmentation;

    TextScorer(
            SearchOptions options,
            TokenTexts texts,
            VocabularyModel vocabulary,
            HotwordAutomaton hotwords) {
        this.texts = texts;
        this.vocabulary = vocabulary;
        this.hotwords = hotwords;
        TextWeights weights = options.weights();
        languageModel = weights.languageModel();
        languageModelTokens =
                languageModel != null && weights.unit() == LanguageModelUnit.TOKEN
                        ? tokenIds(options.alphabet(), languageModel)
                        : null;
        alpha = weights.alpha();
        beta = weights.beta();
        gamma = weights.gamma();
        greatestCharacterGain = texts.greatestLength() * Math.max(0, gamma);
        unknownWordScore = weights.unknownWordScore();
        sentenceEnd = weights.scoresSentenceEnd();
        unknownLookAhead = scoresWords() ? alpha * unknownScore() : 0;
        segmentation =
                restrictsTexts() && texts.joinWords()
                        ? new SegmentationScorer(
                                vocabulary, scoresWords() ? languageModel : null, alpha, beta)
                        : null;
        mostWordEnds = segmentation == null ? texts.mostWordEnds(true) : texts.longest();
        mostWordEndsAtStart = segmentation == null ? texts.mostWordEnds(false) : mostWordEnds - 1;
        mostHotwordEnds = texts.joinWords() ? texts.longest() : 0;
        checkBonuses();
    }

    private static int[] tokenIds(Alphabet alphabet, LanguageModel model) {
        Map<String, Integer> words = VocabularyModel.ids(model);
        return alphabet.tokens().stream()
                .mapToInt(token -> words.getOrDefault(token, model.unknownWord()))
                .toArray();
    }

    private void checkBonuses() {
        double bonus = greatestGain(true, WordTrie.ROOT);
        if (bonus > TextWeights.GREATEST_SCORE) {
            throw new IllegalArgumentException(
                    "insertion bonuses, unknown word score and hotword weights can add up to "
                            + bonus
                            + " for one token, and then nothing else counts; lower them to "
                            + TextWeights.GREATEST_SCORE
                            + " in all, or far less: bonuses are natural logarithms");
        }
    }

    private double unknownScore() {
        int[] context = new int[languageModel.stateSize()];
        languageModel.writeEmptyContext(context, 0);
        return languageModel.score(context, 0, languageModel.unknownWord(), context, 0);
    }

    TokenTexts texts() {
        return texts;
    }

    private boolean scoresWords() {
        return languageModel != null && languageModelTokens == null;
    }

    /** Returns whether a lexicon excludes some texts. */
    boolean restrictsTexts() {
        return vocabulary != null && vocabulary.isClosed();
    }

    /** Counts what the language model knows of some texts, where there is a way to tell. */
    Optional<LanguageModelCoverage> coverage(Collection<Hypothesis> hypotheses) {
        if (languageModel == null) {
            return Optional.empty();
        }
        int unknown = languageModel.unknownWord();
        if (languageModelTokens != null) {
            return Optional.of(
                    LanguageModelCoverage.ofTokens(
                            languageModelTokens, unknown, texts, hypotheses));
        }
        return segmentation != null
                ? Optional.empty()
                : Optional.of(
                        LanguageModelCoverage.ofWords(
                                vocabulary, unknown, hypotheses, texts.joinWords()));
    }

    /** Returns a new cursor, to be set by {@link #start}. */
    TextState newState() {
        TextState state = new TextState(languageModel == null ? 0 : languageModel.stateSize());
        if (segmentation != null) {
            state.segmentations = segmentation.newSegmentations();
            state.spareSegmentations = segmentation.newSegmentations();
        }
        return state;
    }

    /** Sets a cursor to the empty text. */
    void start(TextState state) {
        state.inWord = false;
        state.trieNode = WordTrie.ROOT;
        state.hotwordState = hotwords == null ? 0 : hotwords.start();
        state.logWeight = 0;
        state.languageModelScore = 0;
        if (languageModel != null) {
            languageModel.writeSentenceStart(state.languageModelState, 0);
        }
        if (segmentation != null) {
            segmentation.start(state);
        }
    }

    /**
     * Moves a cursor past one more token.
     *
     * @return false if the lexicon has no text that begins like this; the cursor is undefined then
     */
    boolean advance(TextState state, int token) {
        if (languageModelTokens != null) {
            scoreLanguageModel(state, languageModelTokens[token]);
        }
        state.logWeight += gamma * texts.length(token);
        for (char character : texts.of(token)) {
            boolean possible = character == ' ' ? endWord(state) : addToWord(state, character);
            if (!possible) {
                return false;
            }
        }
        return true;
    }

    private boolean addToWord(TextState state, char character) {
        state.inWord = true;
        stepHotwords(state, character);
        if (segmentation != null) {
            return segmentation.addCharacter(state, character);
        }
        if (vocabulary == null || state.trieNode == WordTrie.NONE) {
            return true;
        }
        int child = vocabulary.child(state.trieNode, character);
        state.logWeight -= lookAhead(state.trieNode);
        state.logWeight += lookAhead(child);
        state.trieNode = child;
        return child != WordTrie.NONE || !vocabulary.isClosed();
    }

    /**
     * Ends the last word of a text, if the text does not end in a separator already.
     *
     * @return false if the lexicon lacks the word
     */
    boolean endWord(TextState state) {
        if (!state.inWord) {
            return true;
        }
        boolean possible =
                segmentation == null ? scoreWord(state) : segmentation.end(state, sentenceEnd);
        if (!possible) {
            return false;
        }
        state.inWord = false;
        state.trieNode = WordTrie.ROOT;
        stepHotwords(state, ' ');
        return true;
    }

    /** Replaces the look-ahead score of the beginning of a word by the score of the word. */
    private boolean scoreWord(TextState state) {
        state.logWeight += beta;
        if (vocabulary == null) {
            return true;
        }
        int node = state.trieNode;
        boolean known = node != WordTrie.NONE && vocabulary.isWord(node);
        state.logWeight -= lookAhead(node);
        if (!known && !vocabulary.isClosed()) {
            state.logWeight += unknownWordScore;
        }
        if (scoresWords()) {
            int word = known ? vocabulary.languageModelId(node) : languageModel.unknownWord();
            scoreLanguageModel(state, word);
        }
        return known || !vocabulary.isClosed();
    }

    private void scoreLanguageModel(TextState state, int word) {
        int[] states = state.languageModelState;
        addLanguageModelScore(state, languageModel.score(states, 0, word, states, 0));
    }

    private void addLanguageModelScore(TextState state, double score) {
        state.logWeight += alpha * score;
        state.languageModelScore += score;
    }

    private double lookAhead(int trieNode) {
        return trieNode == WordTrie.NONE
                ? unknownLookAhead + unknownWordScore
                : alpha * vocabulary.lookAhead(trieNode);
    }

    private void stepHotwords(TextState state, char character) {
        if (hotwords != null) {
            int next = hotwords.step(state.hotwordState, character);
            state.logWeight += hotwords.gain(state.hotwordState, next);
            state.hotwordState = next;
        }
    }

    /** Adds the end of the sentence, and takes back the credit of unfinished hotwords. */
    void endSentence(TextState state) {
        if (languageModel != null && sentenceEnd) {
            addLanguageModelScore(
                    state, languageModel.scoreSentenceEnd(state.languageModelState, 0));
        }
        if (hotwords != null) {
            state.logWeight -= hotwords.credit(state.hotwordState);
        }
    }

    /**
     * Returns an upper bound of the weight that one token can add to a text that ends at a node.
     */
    double greatestGain(boolean inWord, int trieNode) {
        int ends = inWord ? mostWordEnds : mostWordEndsAtStart;
        double gain = ends * Math.max(0, beta) + greatestCharacterGain;
        if (hotwords != null) {
            gain += hotwords.greatestGain(Math.max(ends, mostHotwordEnds));
        }
        if (vocabulary != null) {
            // The unfinished last word may turn out to be unknown as well.
            gain += (ends + 1) * Math.max(0, unknownWordScore);
            gain += inWord ? Math.max(0, -lookAhead(trieNode)) : 0;
        }
        return gain;
    }
}
