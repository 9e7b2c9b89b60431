package io.github.djlctc.examples.speech.transcript;

import io.github.djlctc.examples.common.console.DisplayWidth;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Divides words that are too long for a line between their characters, as users see them, into
 * parts of similar length. Text of scripts without spaces comes as one word.
 */
final class WordSplitter {

    private static final Pattern CHARACTER = Pattern.compile("\\X");

    /** Line ends would end a subtitle; terminals and players show nothing for these. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\s\\p{Cc}\\u2028\\u2029]+");

    private final int columns;

    WordSplitter(int columns) {
        this.columns = columns;
    }

    /** Returns words that fit on a line; the time of a word is divided as its text is. */
    List<TimedWord> split(List<TimedWord> words) {
        List<TimedWord> result = new ArrayList<>();
        for (TimedWord word : words) {
            String text = INVISIBLE.matcher(word.word()).replaceAll(" ").strip();
            int width = DisplayWidth.of(text);
            if (width > columns) {
                addParts(word, parts(text, width), width, result);
            } else if (!text.isEmpty()) {
                result.add(new TimedWord(text, word.start(), word.end(), word.confidence()));
            }
        }
        return result;
    }

    private List<String> parts(String text, int width) {
        int count = (width + columns - 1) / columns;
        int target = (width + count - 1) / count;
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int filled = 0;
        for (String character :
                CHARACTER.matcher(text).results().map(MatchResult::group).toList()) {
            int added = DisplayWidth.of(character);
            if (filled > 0 && (filled >= target || filled + added > columns)) {
                parts.add(part.toString());
                part.setLength(0);
                filled = 0;
            }
            part.append(character);
            filled += added;
        }
        parts.add(part.toString());
        return parts;
    }

    private static void addParts(
            TimedWord word, List<String> parts, int width, List<TimedWord> result) {
        double perColumn = (word.end() - word.start()) / width;
        double start = word.start();
        for (String part : parts) {
            double end = Math.min(word.end(), start + DisplayWidth.of(part) * perColumn);
            result.add(new TimedWord(part, start, end, word.confidence()));
            start = end;
        }
    }
}
