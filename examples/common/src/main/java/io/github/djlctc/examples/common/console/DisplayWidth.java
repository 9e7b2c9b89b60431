package io.github.djlctc.examples.common.console;

/**
 * The columns that a text takes where all letters are as wide: on a terminal, in a subtitle. East
 * Asian wide characters count two columns, combining marks none.
 */
public final class DisplayWidth {

    private DisplayWidth() {}

    /**
     * Returns the width of a text.
     *
     * @param text text without control characters
     * @return columns
     */
    public static int of(String text) {
        return text.codePoints().map(DisplayWidth::of).sum();
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    private static boolean isWide(int codePoint) {
        return (codePoint >= 0x1100 && codePoint <= 0x115F) // Hangul Jamo
                || (codePoint >= 0x2E80 && codePoint <= 0xA4CF) // CJK, Kana, Yi
                || (codePoint >= 0xAC00 && codePoint <= 0xD7A3) // Hangul syllables
                || (codePoint >= 0xF900 && codePoint <= 0xFAFF) // CJK compatibility
                || (codePoint >= 0xFE30 && codePoint <= 0xFE6F) // CJK compatibility forms
                || (codePoint >= 0xFF00 && codePoint <= 0xFF60) // full-width forms
                || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF) // pictographs
                || (codePoint >= 0x20000 && codePoint <= 0x3FFFD); // CJK extensions
    }
}
