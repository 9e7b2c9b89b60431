package io.github.djlctc.text;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines of a file that hold a token each.
 *
 * @param file the file, for errors
 * @param lines its lines
 */
record TokenList(Path file, List<String> lines) {

    /** Returns the tokens: all lines, none of them empty or like another. */
    List<String> tokens() throws AlphabetFormatException {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String token = lines.get(i);
            int number = i + 1;
            if (token.isEmpty()) {
                throw new AlphabetFormatException(
                        file, "line " + number + " is empty", "each line must hold one token");
            }
            Integer first = numbers.putIfAbsent(token, number);
            if (first != null) {
                throw AlphabetFormatException.ofSameToken(file, first, number, token);
            }
        }
        if (lines.size() < 2) {
            throw AlphabetFormatException.ofTooFewTokens(file, lines.size());
        }
        return lines;
    }
}
