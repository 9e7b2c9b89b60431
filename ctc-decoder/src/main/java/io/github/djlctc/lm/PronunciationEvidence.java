package io.github.djlctc.lm;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells whether lines are words with their pronunciations, set apart by spaces or tabs, as in
 * CMUdict and in the lexicons of Kaldi.
 *
 * <p>Phones are short, many of a single letter, and few occur among the words; words are longer
 * than phones or of another script, and differ from line to line.
 */
final class PronunciationEvidence {

    private static final double NEARLY_ALL = 0.95;

    private static final double MOST_TOKENS = 0.9;
    private static final int LETTERS_OF_PHONE = 3;
    private static final double SOME_TOKENS = 0.25;
    private static final double MOST_WORDS = 0.8;

    /** Words that are spelled as a phone is, such as the letters of the alphabet. */
    private static final double SOME_WORDS = 0.3;

    /** The mean length of phones, in that of words. */
    private static final double SHORTER = 0.6;

    /** Stress, tone, length, and what Kaldi adds for the place in the word. */
    private static final Pattern MARKS = Pattern.compile("(_[BIES])?$|[\\d:\u02d0]");

    private long lines;
    private long spelled;
    private long tokens;
    private long shortTokens;
    private long singleLetters;
    private long letters;
    private long lettersOfWords;

    /** Tells whether a part is nearly the whole: at least 95 of 100, or all. */
    static boolean isNearlyAll(long part, long all) {
        return part >= NEARLY_ALL * all;
    }

    void add(Spelling spelling) {
        lines++;
        if (spelling.tokens().isEmpty()) {
            return;
        }
        spelled++;
        String word = spelling.word();
        lettersOfWords += word.codePointCount(0, word.length());
        for (String token : spelling.tokens()) {
            int length = lettersOf(token);
            tokens++;
            letters += length;
            shortTokens += length <= LETTERS_OF_PHONE ? 1 : 0;
            singleLetters += length == 1 && Character.isLetter(token.codePointAt(0)) ? 1 : 0;
        }
    }

    private static int lettersOf(String token) {
        if (token.length() == 1) {
            return 1;
        }
        String bare = MARKS.matcher(token).replaceAll("");
        return bare.codePointCount(0, bare.length());
    }

    /** Tells whether the lines so far may be words with pronunciations. */
    boolean isPossible() {
        return isNearlyAll(spelled, lines)
                && shortTokens >= MOST_TOKENS * tokens
                && singleLetters >= SOME_TOKENS * tokens;
    }

    /** Tells whether the lines are words with pronunciations; takes those with several fields. */
    boolean areIn(List<Spelling> spellings) {
        if (!isPossible() || spellings.isEmpty()) {
            return false;
        }
        Set<String> words = new HashSet<>();
        Set<String> phones = new HashSet<>();
        Set<UnicodeScript> scriptsOfWords = EnumSet.noneOf(UnicodeScript.class);
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        for (Spelling spelling : spellings) {
            if (words.add(spelling.word())) {
                addScripts(spelling.word(), scriptsOfWords);
            }
            for (String phone : spelling.tokens()) {
                if (phones.add(phone)) {
                    addScripts(phone, scripts);
                }
            }
        }
        scripts.retainAll(scriptsOfWords);
        double meanLength = (double) letters / tokens;
        double meanOfWords = (double) lettersOfWords / spelled;
        return words.size() >= MOST_WORDS * spellings.size()
                && words.stream().filter(phones::contains).count() <= SOME_WORDS * words.size()
                && (meanLength <= SHORTER * meanOfWords || scripts.isEmpty());
    }

    private static void addScripts(String text, Set<UnicodeScript> scripts) {
        text.codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .forEach(scripts::add);
    }
}
