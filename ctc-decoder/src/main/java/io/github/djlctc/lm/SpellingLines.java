package io.github.djlctc.lm;

import io.github.djlctc.text.Whitespace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out, line by line, whether a file is a lexicon as flashlight's decoder reads it, a word and
 * the tokens that spell it on each line, or a text.
 */
final class SpellingLines {

    // These bound the memory that a file takes which was named by mistake.
    private static final int MAX_LINE_LENGTH = 1 << 16;
    private static final int MAX_CHARACTERS = 1 << 28;

    /** A file with more lines of another form, and more than of this one, is a text. */
    private static final int MANY = 100;

    private static final String WORD_START = "\u2581";
    private static final String CONTINUATION = "##";

    private final Path file;
    private final StringBuilder line = new StringBuilder();
    private final List<Spelling> spellings = new ArrayList<>();

    /** One copy of each token, since they are few. */
    private final Map<String, String> tokens = new HashMap<>();

    private int characters;
    private long number = 1;
    private long others;
    private long firstOther;

    /** How many lines have their only tab behind the word. */
    private long tabbed;

    /** How many lines spell a word by its letters. */
    private long byLetters;

    private boolean hasSeveralTokens;
    private boolean isText;

    SpellingLines(Path file) {
        this.file = file;
    }

    void accept(char character) throws LanguageModelFormatException {
        if (character == '\n') {
            endLine();
        } else if (!isText && line.length() <= MAX_LINE_LENGTH) {
            line.append(character);
        }
    }

    private void endLine() throws LanguageModelFormatException {
        if (!isText) {
            addLine();
        }
        line.setLength(0);
        number++;
    }

    private void addLine() throws LanguageModelFormatException {
        List<String> fields = fields();
        if (fields.isEmpty()) {
            return;
        }
        Spelling spelling = new Spelling(fields.get(0), fields.subList(1, fields.size()), number);
        boolean isTabbed = fields.size() > 1 && hasOneTabBehindWord(fields.get(0));
        boolean isByLetters = isByLetters(spelling);
        if (line.length() > MAX_LINE_LENGTH || !(isTabbed || isByLetters)) {
            firstOther = others++ == 0 ? number : firstOther;
            if (others > MANY && others > spellings.size()) {
                isText = true;
                spellings.clear();
                tokens.clear();
            }
            return;
        }
        characters += line.length();
        if (characters > MAX_CHARACTERS) {
            throw new LanguageModelFormatException(
                    file, number, "more than " + MAX_CHARACTERS + " characters of spellings");
        }
        spellings.add(spelling);
        tabbed += isTabbed ? 1 : 0;
        byLetters += isByLetters ? 1 : 0;
        hasSeveralTokens |= isByLetters && spelling.tokens().size() > 1;
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || Whitespace.contains(line.charAt(i))) {
                if (i > start) {
                    fields.add(tokens.computeIfAbsent(line.substring(start, i), t -> t));
                }
                start = i + 1;
            }
        }
        return fields;
    }

    private boolean hasOneTabBehindWord(String word) {
        int tab = line.indexOf("\t");
        return tab >= 0
                && tab == line.lastIndexOf("\t")
                && line.substring(0, tab).strip().equals(word);
    }

    private static boolean isByLetters(Spelling spelling) {
        StringBuilder letters = new StringBuilder();
        for (String token : spelling.withoutDelimiter()) {
            boolean continues = token.startsWith(CONTINUATION) && token.length() > 2;
            letters.append(continues ? token.substring(2) : token.replace(WORD_START, ""));
        }
        return letters.toString().equalsIgnoreCase(spelling.word());
    }

    /**
     * Ends the file.
     *
     * @return its spellings, none if it is a text
     * @throws LanguageModelFormatException if it is a lexicon but for some lines, or has numbers in
     *     place of spellings
     */
    List<Spelling> end() throws LanguageModelFormatException {
        endLine();
        boolean spellsByLetters =
                hasSeveralTokens && 2 * byLetters >= spellings.size() && byLetters > others;
        boolean isTable = others == 0 && tabbed == spellings.size();
        if (isText || !(isTable || spellsByLetters)) {
            return List.of();
        }
        if (others > 0) {
            throw new LanguageModelFormatException(
                    file,
                    firstOther,
                    "no word with the tokens that spell it, as on other lines; write a word, a tab"
                            + " and its tokens, set apart by spaces");
        }
        if (byLetters == 0 && spellings.stream().allMatch(SpellingLines::isNumber)) {
            throw new LanguageModelFormatException(
                    file,
                    spellings.get(0).line(),
                    "a number behind the word, and no spelling; give the words alone");
        }
        return spellings;
    }

    private static boolean isNumber(Spelling spelling) {
        return spelling.tokens().size() == 1
                && spelling.tokens().get(0).matches("[-+]?[\\d.,]+([eE][-+]?\\d+)?%?");
    }
}
