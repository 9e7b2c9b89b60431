package io.github.djlctc.decode;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

import java.util.Arrays;

/** What each token adds to a text, character by character, any whitespace as U+0020. */
final class TokenTexts {

    private final char[][] texts;
    private final boolean singleCharacters;
    private final boolean joinedWords;

    TokenTexts(Alphabet alphabet) {
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
        joinedWords = mostWordEnds(true) == 0 && UnspacedScripts.areIn(alphabet);
    }

    char[] of(int token) {
        return texts[token];
    }

    /** Returns whether no two sequences of tokens read alike, but for separators. */
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

    /** Returns the most {@code char}s that a token adds. */
    int longest() {
        return Arrays.stream(texts).mapToInt(text -> text.length).max().orElseThrow();
    }

    /** Returns how many words a token can end, where a word has begun before it or not. */
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
}
