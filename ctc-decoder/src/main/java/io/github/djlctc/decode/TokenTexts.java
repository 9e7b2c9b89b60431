package io.github.djlctc.decode;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

/** What each token adds to a text, character by character, any whitespace as U+0020. */
final class TokenTexts {

    private final char[][] texts;
    private final boolean singleCharacters;

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
    }

    char[] of(int token) {
        return texts[token];
    }

    /** Returns whether no two sequences of tokens read alike, but for separators. */
    boolean areSingleCharacters() {
        return singleCharacters;
    }

    /** Returns how many characters of words a token can add. */
    int mostCharacters() {
        int most = 0;
        for (char[] text : texts) {
            int characters = 0;
            for (char character : text) {
                characters += countsAsCharacter(character) ? 1 : 0;
            }
            most = Math.max(most, characters);
        }
        return most;
    }

    /** Tells the UTF-16 units by which characters of words are counted, each once. */
    static boolean countsAsCharacter(char unit) {
        return unit != ' ' && !Character.isLowSurrogate(unit);
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
