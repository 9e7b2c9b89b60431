package io.github.djlctc.text;

import java.util.regex.Pattern;

/**
 * A line, not blank, of what may be a {@link TokenTable}.
 *
 * @param number its number, from 1
 * @param text the whole line
 * @param token what precedes the number at its end, a space if nothing does
 * @param value the number at its end, or null if there is none
 */
record TokenLine(int number, String text, String token, String value) {

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

    static TokenLine of(int number, String text) {
        String line = strip(text);
        int separator = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
        String value = line.substring(separator + 1);
        if (!NUMBER.matcher(value).matches()) {
            return new TokenLine(number, text, line, null);
        }
        String token = separator < 0 ? "" : strip(line.substring(0, separator));
        return new TokenLine(number, text, token.isEmpty() ? " " : token, value);
    }

    /** Removes what separates columns; other spaces may be tokens. */
    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSeparator(text.charAt(start))) {
            start++;
        }
        while (end > start && isSeparator(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSeparator(char character) {
        return character == ' ' || character == '\t';
    }

    boolean isPair() {
        return value != null;
    }

    /** Returns whether this is a pair that no list of tokens without ids would have. */
    boolean isTypical() {
        return isPair() && SpecialTokens.isSpecialInTable(token);
    }

    boolean isNumberAlone() {
        return isPair() && token.equals(" ") && NUMBER.matcher(text).matches();
    }
}
