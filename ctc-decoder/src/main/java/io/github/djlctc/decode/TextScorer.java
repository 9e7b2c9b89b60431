package io.github.djlctc.decode;

import io.github.djlctc.lm.LanguageModel;
import io.github.djlctc.text.Alphabet;

import java.util.Map;

/**
 * Weighs the text of a prefix, token by token: language model, bonuses of words and characters,
 * unknown words, hotwords.
 *
 * <p>Immutable; the parts that are not wanted are null.
 */
final class TextScorer {

    /** More in one step would leave the range of the search's probabilities. */
    private static final double MOST_BONUS = 500;

    private final TokenTexts texts;
    private final VocabularyModel vocabulary;
    private final LanguageModel languageModel;
    private final int[] languageModelTokens;
    private final HotwordAutomaton hotwords;
    private final double alpha;
    private final double beta;
    private final double unknownWordScore;
    private final double characterBonus;
    private final boolean sentenceEnd;
    private final double unknownLookAhead;
    private final int mostWordEnds;
    private final int mostWordEndsAtStart;
    private final double greatestCharacterGain;

    TextScorer(
            SearchOptions options,
            TokenTexts texts,
            VocabularyModel vocabulary,
            HotwordAutomaton hotwords) {
        this.texts = texts;
        this.vocabulary = vocabulary;
        this.hotwords = hotwords;
        languageModel = options.languageModel();
        languageModelTokens =
                options.unit() == LanguageModelUnit.TOKEN && languageModel != null
                        ? tokenIds(options.alphabet(), languageModel)
                        : null;
        alpha = options.alpha();
        beta = options.beta();
        unknownWordScore = options.unknownWordScore();
        characterBonus = options.characterInsertionBonus();
        sentenceEnd = options.sentenceEnd();
        unknownLookAhead = scoresWords() ? alpha * unknownScore() : 0;
        mostWordEnds = texts.mostWordEnds(true);
        mostWordEndsAtStart = texts.mostWordEnds(false);
        greatestCharacterGain = texts.mostCharacters() * Math.max(0, characterBonus);
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
        if (bonus > MOST_BONUS) {
            throw new IllegalArgumentException(
                    "insertion bonuses, unknown word score and hotword weights can add up to "
                            + bonus
                            + " for one token, and then nothing else counts; lower them to "
                            + MOST_BONUS
                            + " in all, or far less: bonuses are natural logarithms");
        }
    }

    private double unknownScore() {
        int[] context = new int[languageModel.stateSize()];
        languageModel.writeEmptyContext(context, 0);
        return languageModel.score(context, 0, languageModel.unknownWord(), context, 0);
    }

    private boolean scoresWords() {
        return languageModel != null && languageModelTokens == null;
    }

    /** Returns whether some texts may not be decoded. */
    boolean restrictsTexts() {
        return vocabulary != null && vocabulary.isBinding();
    }

    /** Returns a cursor for {@link #start}. */
    TextState newState() {
        return new TextState(languageModel == null ? 0 : languageModel.stateSize());
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
    }

    /**
     * Moves a cursor behind one more token.
     *
     * @return false if no text that may be decoded goes on like this; the cursor is void then
     */
    boolean advance(TextState state, int token) {
        if (languageModelTokens != null) {
            scoreLanguageModel(state, languageModelTokens[token]);
        }
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
        state.logWeight += TokenTexts.countsAsCharacter(character) ? characterBonus : 0;
        stepHotwords(state, character);
        if (vocabulary == null || state.trieNode == WordTrie.NONE) {
            return true;
        }
        int child = vocabulary.child(state.trieNode, character);
        state.logWeight -= lookAhead(state.trieNode);
        state.logWeight += lookAhead(child);
        state.trieNode = child;
        return child != WordTrie.NONE || !vocabulary.isBinding();
    }

    /**
     * Ends the word that a text ends in, if it does.
     *
     * @return false if that is no word
     */
    boolean endWord(TextState state) {
        if (!state.inWord) {
            return true;
        }
        if (!scoreWord(state)) {
            return false;
        }
        state.inWord = false;
        state.trieNode = WordTrie.ROOT;
        stepHotwords(state, ' ');
        return true;
    }

    /** Replaces what the beginning of a word promised by what the whole word scores. */
    private boolean scoreWord(TextState state) {
        state.logWeight += beta;
        if (vocabulary == null) {
            return true;
        }
        int node = state.trieNode;
        boolean known = node != WordTrie.NONE && vocabulary.isWord(node);
        state.logWeight -= lookAhead(node);
        if (!known && !vocabulary.isBinding()) {
            state.logWeight += unknownWordScore;
        }
        if (scoresWords()) {
            int word = known ? vocabulary.languageModelId(node) : languageModel.unknownWord();
            scoreLanguageModel(state, word);
        }
        return known || !vocabulary.isBinding();
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

    /** Ends a text where it stands. */
    void endSentence(TextState state) {
        if (languageModel != null && sentenceEnd) {
            addLanguageModelScore(
                    state, languageModel.scoreSentenceEnd(state.languageModelState, 0));
        }
        if (hotwords != null) {
            state.logWeight -= hotwords.loan(state.hotwordState);
        }
    }

    /** Returns a bound on what one token can add to the weight of a text that ends at a node. */
    double greatestGain(boolean inWord, int trieNode) {
        int ends = inWord ? mostWordEnds : mostWordEndsAtStart;
        double gain = greatestCharacterGain + ends * Math.max(0, beta);
        if (hotwords != null) {
            gain += hotwords.greatestGain(ends);
        }
        if (vocabulary != null) {
            // The last word, which has not ended, may be known as unknown too.
            gain += (ends + 1) * Math.max(0, unknownWordScore);
            gain += inWord ? Math.max(0, -lookAhead(trieNode)) : 0;
        }
        return gain;
    }
}
