package io.github.djlctc.text;

import java.util.Objects;

/** Defines the characters that separate words, for alphabets and error rates alike. */
public final class Whitespace {

    private Whitespace() {}

    /**
     * Tells whether a character separates words: Unicode spaces, no-break spaces, tabs and line
     * ends.
     *
     * @param codePoint the character
     * @return true for any kind of whitespace
     */
    public static boolean contains(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    /**
     * Replaces each run of whitespace by one space and removes it at both ends.
     *
     * @param text any text
     * @return the text with single spaces (U+0020) between its words
     */
    public static String collapse(String text) {
        Objects.requireNonNull(text, "text");
        StringBuilder collapsed = new StringBuilder(text.length());
        boolean pending = false;
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            if (contains(codePoint)) {
                pending = collapsed.length() > 0;
                continue;
            }
            if (pending) {
                collapsed.append(' ');
                pending = false;
            }
            collapsed.appendCodePoint(codePoint);
        }
        return collapsed.toString();
    }
}
