package io.github.djlctc.text;

import java.util.Collection;
import java.util.Objects;

/** How the tokens of an alphabet show where words begin. */
public enum SubwordStyle {
    /** Tokens do not show it; words are separated by the word delimiter, if there is one. */
    NONE {
        @Override
        String text(String token) {
            return token;
        }
    },
    /** SentencePiece: U+2581 (▁) marks the start of a word, as in "▁hel", "lo". */
    SENTENCEPIECE {
        @Override
        String text(String token) {
            return token.replace(WORD_START, ' ');
        }
    },
    /** WordPiece: tokens that continue a word begin with "##", as in "hel", "##lo". */
    WORDPIECE {
        @Override
        String text(String token) {
            return continues(token) ? token.substring(CONTINUATION.length()) : " " + token;
        }
    };

    private static final char WORD_START = '\u2581';
    private static final String CONTINUATION = "##";

    /**
     * Finds the style of tokens by their marks.
     *
     * @param tokens the tokens of a model
     * @return SentencePiece's if a token contains U+2581, else WordPiece's if a token begins with
     *     "##" and has more characters, else none
     */
    public static SubwordStyle of(Collection<String> tokens) {
        Objects.requireNonNull(tokens, "tokens");
        if (tokens.stream().anyMatch(token -> token.indexOf(WORD_START) >= 0)) {
            return SENTENCEPIECE;
        }
        return tokens.stream().anyMatch(SubwordStyle::continues) ? WORDPIECE : NONE;
    }

    private static boolean continues(String token) {
        return token.length() > CONTINUATION.length() && token.startsWith(CONTINUATION);
    }

    /** Returns the text that a token stands for, with a space where a word starts. */
    abstract String text(String token);
}
