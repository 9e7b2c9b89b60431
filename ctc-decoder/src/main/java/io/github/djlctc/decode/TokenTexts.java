package io.github.djlctc.decode;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

import java.util.Arrays;

/** The text that each token adds, character by character, with U+0020 for any whitespace. */
final class TokenTexts {

    /** The characters of each token's text, by class id. */
    private final char[][] texts;

    private final boolean singleCharacters;
    private final boolean joinedWords;

    TokenTexts(Alphabet alphabet) {
        joinedWords = alphabet.joinsWords();
        texts = new char[alphabet.size()][];
        boolean single = true;
        for (int id = 0; id < texts.length; id++) {
            StringBuilder text = new StringBuilder();
            alphabet.text(id)
                    .codePoints()
                    .map(c -> Whitespace.contains(c) ? ' ' : c)
                    .forEach(text::appendCodePoint);
            single &= text.codePointCount(0, text.length()) <= 1;
            texts[id] = text.toString().toCharArray();
        }
        singleCharacters = single;
    }

    /** Returns the characters of a token's text; not to be changed. */
    char[] of(int token) {
        return texts[token];
    }

    /** Returns whether different sequences of tokens have different texts, but for separators. */
    boolean areSingleCharacters() {
        return singleCharacters;
    }

    /** Returns whether the text of a token is more than spaces. */
    boolean isWithinWord(int token) {
        for (char character : texts[token]) {
            if (character != ' ') {
                return true;
            }
        }
        return false;
    }

    /** Returns whether words follow each other with nothing between them. */
    boolean joinWords() {
        return joinedWords;
    }

    /** Returns the most words that a token can end, after the beginning of a word or after none. */
    int mostWordEnds(boolean begunBefore) {
        int most = 0;
        for (char[] text : texts) {
            int ends = 0;
            boolean begun = begunBefore;
            for (char character : text) {
                ends += begun && character == ' ' ? 1 : 0;
                begun = character != ' ';
            }
            most = Math.max(most, ends);
        }
        return most;
    }

    /** Returns the most {@code char}s that a token adds. */
    int longest() {
        return Arrays.stream(texts).mapToInt(text -> text.length).max().orElseThrow();
    }
}
