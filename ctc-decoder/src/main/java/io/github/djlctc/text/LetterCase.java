package io.github.djlctc.text;

import java.util.Locale;

/** How an alphabet changes the case of letters before it encodes a text. */
public enum LetterCase {
    /** Letters stay as they are. */
    KEEP {
        @Override
        String apply(String text) {
            return text;
        }
    },
    /** All letters become upper case, by the rules of no particular language. */
    UPPER {
        @Override
        String apply(String text) {
            return text.toUpperCase(Locale.ROOT);
        }
    },
    /** All letters become lower case, by the rules of no particular language. */
    LOWER {
        @Override
        String apply(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    };

    abstract String apply(String text);
}
