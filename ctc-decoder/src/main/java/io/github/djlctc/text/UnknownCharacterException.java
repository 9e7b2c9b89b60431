package io.github.djlctc.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Thrown if a text cannot be encoded because the alphabet lacks some of its characters. */
public final class UnknownCharacterException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** The most characters that the message names: a damaged text can have thousands. */
    private static final int NAMED = 20;

    private static final int CONTEXT = 40;

    private final transient List<UnknownCharacter> unknownCharacters;

    UnknownCharacterException(String text, List<UnknownCharacter> unknownCharacters) {
        super(
                "the alphabet has no token for "
                        + list(unknownCharacters)
                        + " in the text \""
                        + excerpt(text, unknownCharacters.get(0).position())
                        + "\"; add what is missing to the alphabet, map it to what the alphabet"
                        + " has (optLetterCase, optNormalization), or leave the text out");
        this.unknownCharacters = List.copyOf(unknownCharacters);
    }

    /**
     * Returns every occurrence of every unknown character, in the order of the text.
     *
     * @return the characters, at least one
     */
    public List<UnknownCharacter> unknownCharacters() {
        return unknownCharacters;
    }

    private static String list(List<UnknownCharacter> unknownCharacters) {
        Map<Integer, Integer> times = new LinkedHashMap<>();
        Map<Integer, Integer> firstPosition = new LinkedHashMap<>();
        for (UnknownCharacter unknown : unknownCharacters) {
            times.merge(unknown.codePoint(), 1, Integer::sum);
            firstPosition.putIfAbsent(unknown.codePoint(), unknown.position());
        }
        StringBuilder list = new StringBuilder();
        int named = 0;
        for (Map.Entry<Integer, Integer> entry : times.entrySet()) {
            if (named++ == NAMED) {
                list.append(" and ").append(times.size() - NAMED).append(" other characters");
                break;
            }
            int codePoint = entry.getKey();
            list.append(list.isEmpty() ? "" : ", ")
                    .append(name(codePoint))
                    .append(" at position ")
                    .append(firstPosition.get(codePoint));
            if (entry.getValue() > 1) {
                list.append(" (").append(entry.getValue()).append(" times)");
            }
        }
        return list.toString();
    }

    private static String name(int codePoint) {
        String hexadecimal = String.format(Locale.ROOT, "U+%04X", codePoint);
        boolean printable =
                Character.isLetterOrDigit(codePoint) || (codePoint > ' ' && codePoint < 0x7f);
        return printable ? "'" + Character.toString(codePoint) + "' " + hexadecimal : hexadecimal;
    }

    private static String excerpt(String text, int position) {
        int from = Math.max(0, position - CONTEXT);
        int to = Math.min(text.length(), position + CONTEXT);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from--;
        }
        if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
            to++;
        }
        return (from > 0 ? "..." : "")
                + text.substring(from, to)
                + (to < text.length() ? "..." : "");
    }
}
