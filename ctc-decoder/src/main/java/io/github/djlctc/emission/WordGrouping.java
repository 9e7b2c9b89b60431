package io.github.djlctc.emission;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

import java.util.ArrayList;
import java.util.List;

/** Joins tokens to words: wherever a token's text has a space, a word ends. */
final class WordGrouping {

    private final Alphabet alphabet;
    private final List<TokenSpan> tokens;
    private final List<WordSpan> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int firstToken;
    private int lastToken;
    private double logProbability;
    private double logConfidence;
    private int tokensOfWord;

    private WordGrouping(Alphabet alphabet, List<TokenSpan> tokens) {
        this.alphabet = alphabet;
        this.tokens = tokens;
    }

    static List<WordSpan> group(Alphabet alphabet, List<TokenSpan> tokens) {
        return new WordGrouping(alphabet, tokens).group();
    }

    private List<WordSpan> group() {
        for (int token = 0; token < tokens.size(); token++) {
            String text = alphabet.text(tokens.get(token).id());
            int codePoint;
            for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
                codePoint = text.codePointAt(i);
                if (Whitespace.contains(codePoint)) {
                    endWord();
                } else {
                    append(codePoint, token);
                }
            }
        }
        endWord();
        return words;
    }

    private void append(int codePoint, int token) {
        if (word.isEmpty()) {
            firstToken = token;
            logProbability = 0;
            logConfidence = 0;
            tokensOfWord = 0;
        }
        if (word.isEmpty() || token != lastToken) {
            logProbability += tokens.get(token).logProbability();
            logConfidence += Math.log(tokens.get(token).confidence());
            tokensOfWord++;
        }
        lastToken = token;
        word.appendCodePoint(codePoint);
    }

    private void endWord() {
        if (word.isEmpty()) {
            return;
        }
        int startFrame = tokens.get(firstToken).startFrame();
        int endFrame = tokens.get(lastToken).endFrame();
        double confidence = Math.exp(logConfidence / tokensOfWord);
        words.add(new WordSpan(word.toString(), startFrame, endFrame, logProbability, confidence));
        word.setLength(0);
    }
}
