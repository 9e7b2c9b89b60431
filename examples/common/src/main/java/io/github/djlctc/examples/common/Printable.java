package io.github.djlctc.examples.common;

/**
 * Text that comes from files, such as ids, names of files and transcripts, as it can be shown: its
 * control characters would move the cursor, change colours, or break a line that other programs
 * read, so they are written as in JSON, such as {@code \u001b}.
 */
public final class Printable {

    private Printable() {}

    /**
     * Escapes all control characters.
     *
     * @param text any text
     * @return the text in one line
     */
    public static String line(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            append(escaped, text.charAt(i));
        }
        return escaped.toString();
    }

    private static void append(StringBuilder escaped, char c) {
        switch (c) {
            case '\n' -> escaped.append("\\n");
            case '\t' -> escaped.append("\\t");
            case '\r' -> escaped.append("\\r");
            default -> {
                if (Character.isISOControl(c)) {
                    escaped.append(escape(c));
                } else {
                    escaped.append(c);
                }
            }
        }
    }

    /**
     * Escapes a character.
     *
     * @param c the character
     * @return it as JSON escapes it
     */
    public static String escape(char c) {
        return String.format("\\u%04x", (int) c);
    }
}
