package io.github.djlctc.text;

/** How the tokens of an alphabet show where words begin. */
public enum SubwordStyle {
    /** They do not; a word delimiter, where there is one, stands between words. */
    NONE {
        @Override
        String text(String token) {
            return token;
        }
    },
    /** As in SentencePiece: U+2581 (▁) stands for the start of a word, as in "▁hel", "lo". */
    SENTENCEPIECE {
        @Override
        String text(String token) {
            return token.replace('\u2581', ' ');
        }
    },
    /** As in WordPiece: tokens which continue a word begin with "##", as in "hel", "##lo". */
    WORDPIECE {
        @Override
        String text(String token) {
            boolean continues = token.length() > 2 && token.startsWith("##");
            return continues ? token.substring(2) : " " + token;
        }
    };

    /** Returns the text that a token stands for, with a space where a word starts. */
    abstract String text(String token);
}
