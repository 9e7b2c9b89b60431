package io.github.djlctc.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with a text that is not JSON, and where, in words for those who wrote it. */
public final class JsonMistake {

    private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");

    /** What Gson's messages begin with or hold, and what they mean. */
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("End of input", "it ends too early; a closing quote or bracket is missing");
        MEANINGS.put("Unterminated string", "a text lacks its closing quote");
        MEANINGS.put("Unterminated object", "a comma or the closing } is missing");
        MEANINGS.put("Unterminated array", "a comma or the closing ] is missing");
        MEANINGS.put(
                "Expected name", "a name in double quotes is missing; a comma may be too much");
        MEANINGS.put("Expected ':'", "a colon behind a name is missing");
        MEANINGS.put("Invalid escape", "a backslash in a text; write it twice");
        MEANINGS.put("Unescaped control", "a tab or line end in a text; write \\t or \\n");
        MEANINGS.put(
                "setStrictness",
                "something that JSON does not have: a name or text that is not in double quotes, a"
                        + " comma too much, NaN, or more behind the end");
    }

    private JsonMistake() {}

    /**
     * Describes a mistake.
     *
     * @param exception what Gson threw when it read the text
     * @return what is wrong, with its column and, if there are several lines, its line
     */
    public static String of(Exception exception) {
        String message = String.valueOf(exception.getMessage());
        String meaning =
                MEANINGS.entrySet().stream()
                        .filter(entry -> message.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("it is not valid JSON");
        Matcher place = PLACE.matcher(message);
        if (!place.find()) {
            return meaning;
        }
        String line = place.group(1).equals("1") ? "" : "line " + place.group(1) + ", ";
        return "near " + line + "column " + place.group(2) + ": " + meaning;
    }

    /**
     * Finds the line that a reader has come to.
     *
     * @param reader Gson's reader
     * @return the number of the line, from 1; 0 if it does not say
     */
    public static int line(Object reader) {
        Matcher place = PLACE.matcher(reader.toString());
        return place.find() ? Integer.parseInt(place.group(1)) : 0;
    }
}
