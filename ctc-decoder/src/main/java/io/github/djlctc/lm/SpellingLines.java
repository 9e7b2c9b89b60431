package io.github.djlctc.lm;

import io.github.djlctc.text.Whitespace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds out, line by line, whether a file is a lexicon, with a word and the tokens that spell it on
 * each line, as flashlight's decoder reads it or as CMUdict and Kaldi have it, or a text.
 */
final class SpellingLines {

    // These bound the memory that a file takes which was named by mistake.
    private static final int MAX_LINE_LENGTH = 1 << 16;
    private static final int MAX_CHARACTERS = 1 << 28;

    /** A file with more lines of another form, and more than of this one, is a text. */
    private static final int MANY = 100;

    private static final String WORD_START = "\u2581";
    private static final String CONTINUATION = "##";

    private static final String ARPA_START = "\\data\\";
    private static final Pattern ARPA_COUNT = Pattern.compile("ngram\\s*\\d+\\s*=\\s*\\d+");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?[\\d.,]*\\d[\\d.,]*([eE][-+]?\\d+)?%?");

    /** CMUdict's comments: whole lines, and ends of lines. */
    private static final String COMMENT_LINE = ";;;";

    private static final String COMMENT = "#";

    /** How CMUdict writes a word that it has pronounced before. */
    private static final Pattern VARIANT = Pattern.compile("(.+)\\(\\d+\\)");

    private final Path file;
    private final StringBuilder line = new StringBuilder();
    private final PronunciationEvidence pronunciations = new PronunciationEvidence();

    /** The lines with several fields. */
    private final List<Spelling> spellings = new ArrayList<>();

    /** One copy of each token, since they are few. */
    private final Map<String, String> tokens = new HashMap<>();

    private int characters;
    private long number = 1;
    private boolean isBehindArpaStart;

    /** How many lines are not blank. */
    private long lines;

    private long firstLine;

    /** How many lines have a number, and nothing else, behind the word. */
    private long numbered;

    /** How many lines have a number and more behind the word. */
    private long weighted;

    /** How many lines are of another form than {@link #tabbed} or {@link #byLetters}. */
    private long others;

    private long firstOther;

    /** How many lines hold a single word. */
    private long singles;

    private long firstSingle;

    /** How many lines have their only tab behind the word. */
    private long tabbed;

    private long firstTabbed;

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
        } else if (line.length() <= MAX_LINE_LENGTH) {
            line.append(character);
            if (number == 1 && line.length() == KenLMHeader.MAGIC.length()) {
                rejectKenLM();
            }
        }
    }

    private void rejectKenLM() throws LanguageModelFormatException {
        if (line.toString().equals(KenLMHeader.MAGIC)) {
            throw new NotALexiconException(file, 1, "a KenLM binary");
        }
    }

    private void endLine() throws LanguageModelFormatException {
        rejectArpa();
        if (!isText) {
            addLine();
        }
        line.setLength(0);
        number++;
    }

    private void rejectArpa() throws LanguageModelFormatException {
        if (isBehindArpaStart && ARPA_COUNT.matcher(line.toString().strip()).matches()) {
            throw new NotALexiconException(file, number, "an ARPA file");
        }
        isBehindArpaStart =
                line.length() <= ARPA_START.length() + 1
                        && line.toString().strip().equals(ARPA_START);
    }

    private void addLine() throws LanguageModelFormatException {
        List<String> fields = fields();
        if (fields.isEmpty() || line.indexOf(COMMENT_LINE) == 0) {
            return;
        }
        Spelling spelling = new Spelling(fields.get(0), fields.subList(1, fields.size()), number);
        count(spelling);
        if (fields.size() > 1) {
            keep(spelling);
        }
        boolean isList = singles == others;
        isText =
                others > MANY
                        && 2 * others > lines
                        && !isList
                        && numbered < lines
                        && !pronunciations.isPossible();
        if (isText) {
            spellings.clear();
            tokens.clear();
        }
    }

    private void count(Spelling spelling) {
        List<String> behind = spelling.tokens();
        firstLine = lines++ == 0 ? number : firstLine;
        pronunciations.add(spelling);
        if (behind.isEmpty()) {
            firstSingle = singles++ == 0 ? number : firstSingle;
        } else if (NUMBER.matcher(behind.get(0)).matches()) {
            numbered += behind.size() == 1 ? 1 : 0;
            weighted += behind.size() == 1 ? 0 : 1;
        }
        boolean isTabbed = !behind.isEmpty() && hasOneTabBehindWord(spelling.word());
        if (isTabbed) {
            firstTabbed = tabbed++ == 0 ? number : firstTabbed;
        }
        boolean isByLetters = isByLetters(spelling);
        if (isByLetters) {
            byLetters++;
            hasSeveralTokens |= behind.size() > 1;
        }
        if (line.length() > MAX_LINE_LENGTH || !(isTabbed || isByLetters)) {
            firstOther = others++ == 0 ? number : firstOther;
        }
    }

    private void keep(Spelling spelling) throws LanguageModelFormatException {
        characters += Math.min(line.length(), MAX_LINE_LENGTH);
        if (characters > MAX_CHARACTERS) {
            throw new LanguageModelFormatException(
                    file, number, "more than " + MAX_CHARACTERS + " characters of spellings");
        }
        spellings.add(spelling);
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || Whitespace.contains(line.charAt(i))) {
                if (i > start) {
                    String field = line.substring(start, i);
                    if (fields.size() > 1 && field.startsWith(COMMENT)) {
                        break;
                    }
                    fields.add(tokens.computeIfAbsent(field, t -> t));
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
     * @throws LanguageModelFormatException if it is a lexicon but for some lines, or a word list
     *     but for some, or has numbers in place of spellings
     */
    List<Spelling> end() throws LanguageModelFormatException {
        endLine();
        if (isText || lines == 0) {
            return List.of();
        }
        rejectNumbers();
        if (pronunciations.areIn(spellings)) {
            rejectLine(singles, firstSingle);
        } else if (isTable() || spellsByLetters()) {
            rejectLine(others, firstOther);
        } else {
            rejectTabsInWordList();
            return List.of();
        }
        return withoutVariantNumbers(spellings);
    }

    private boolean isTable() {
        return PronunciationEvidence.isNearlyAll(tabbed, lines);
    }

    private boolean spellsByLetters() {
        return hasSeveralTokens && 2 * byLetters >= lines - others && byLetters > others;
    }

    private void rejectNumbers() throws LanguageModelFormatException {
        if (numbered == lines) {
            throw new LanguageModelFormatException(
                    file,
                    firstLine,
                    "a number behind the word, and no spelling; give the words alone");
        }
        if (weighted == lines) {
            throw new LanguageModelFormatException(
                    file,
                    firstLine,
                    "a number between the word and its spelling, as in Kaldi's lexiconp.txt; give"
                            + " the file without, which is Kaldi's lexicon.txt");
        }
    }

    private void rejectLine(long count, long first) throws LanguageModelFormatException {
        if (count > 0) {
            throw new LanguageModelFormatException(
                    file,
                    first,
                    "no word with the tokens that spell it, as on other lines; write a word, a tab"
                            + " and its tokens, set apart by spaces");
        }
    }

    private void rejectTabsInWordList() throws LanguageModelFormatException {
        if (tabbed > 0 && singles == others) {
            throw new LanguageModelFormatException(
                    file,
                    tabbed < singles ? firstTabbed : firstSingle,
                    "of "
                            + lines
                            + " lines "
                            + tabbed
                            + " have a tab and more behind the word, the others the word alone;"
                            + " give all words alone, or all with a tab and their spelling");
        }
    }

    /** Takes the number off words such as TOMATO(2), where there is a TOMATO too. */
    private static List<Spelling> withoutVariantNumbers(List<Spelling> spellings) {
        Set<String> words = spellings.stream().map(Spelling::word).collect(Collectors.toSet());
        return spellings.stream()
                .map(
                        spelling -> {
                            Matcher variant = VARIANT.matcher(spelling.word());
                            return variant.matches() && words.contains(variant.group(1))
                                    ? new Spelling(
                                            variant.group(1), spelling.tokens(), spelling.line())
                                    : spelling;
                        })
                .toList();
    }
}
