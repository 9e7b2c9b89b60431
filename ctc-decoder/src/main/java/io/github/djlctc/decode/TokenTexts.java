package io.github.djlctc.decode;

import io.github.djlctc.text.Alphabet;
import io.github.djlctc.text.Whitespace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each token adds to the words of a search, character by character, with U+0020 where a word
 * ends: its text, or where a lexicon has spellings, a code that stands for the token itself.
 */
final class TokenTexts {

    /** Codes are none of the characters up to the space. */
    private static final int FIRST_CODE = ' ' + 1;

    /** How many codes one character has room for. */
    private static final int CODES = 1 << 15;

    private static final Pattern NOT_SPACES = Pattern.compile("[^ ]+");

    /** What each token adds, by its id. */
    private final char[][] texts;

    /** How each token reads, by its id, without spaces, where it is a code. */
    private final String[] letters;

    /** The word for each spelling in codes; empty where words are as they are spelled. */
    private final Map<String, String> writtenWords;

    /** How many characters each token adds to words, by its id; a code counts as one. */
    private final int[] lengths;

    private final boolean singleCharacters;
    private final boolean joinedWords;

    /** Takes the texts of tokens. */
    TokenTexts(Alphabet alphabet) {
        joinedWords = alphabet.joinsWords();
        texts = new char[alphabet.size()][];
        letters = new String[texts.length];
        writtenWords = Map.of();
        lengths = new int[texts.length];
        boolean single = true;
        for (int id = 0; id < texts.length; id++) {
            String text = withPlainSpaces(alphabet.text(id));
            single &= text.codePointCount(0, text.length()) <= 1;
            texts[id] = text.toCharArray();
            lengths[id] = (int) text.codePoints().filter(c -> c != ' ').count();
        }
        singleCharacters = single;
    }

    private TokenTexts(
            char[][] texts,
            String[] letters,
            Map<String, String> writtenWords,
            boolean joinedWords) {
        this.joinedWords = joinedWords;
        this.texts = texts;
        this.letters = letters;
        lengths = new int[letters.length];
        Arrays.setAll(lengths, id -> letters[id].isEmpty() ? 0 : 1);
        this.writtenWords = writtenWords;
        singleCharacters = false;
    }

    /**
     * Takes codes of tokens.
     *
     * @param writtenWords the word for each spelling in codes
     */
    static TokenTexts ofCodes(Alphabet alphabet, Map<String, String> writtenWords) {
        char[][] codes = new char[alphabet.size()][];
        String[] letters = new String[codes.length];
        for (int id = 0; id < codes.length; id++) {
            String text = withPlainSpaces(alphabet.text(id));
            codes[id] =
                    NOT_SPACES
                            .matcher(text)
                            .replaceAll(Matcher.quoteReplacement(code(id, codes.length)))
                            .toCharArray();
            letters[id] = text.replace(" ", "");
        }
        return new TokenTexts(codes, letters, writtenWords, alphabet.joinsWords());
    }

    /** Returns a code, which is as long for all tokens, so that none begins another. */
    private static String code(int id, int size) {
        char low = (char) (FIRST_CODE + id % CODES);
        return size <= CODES ? "" + low : "" + (char) (FIRST_CODE + id / CODES) + low;
    }

    private static String withPlainSpaces(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .map(c -> Whitespace.contains(c) ? ' ' : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** Returns what a token adds, character by character; not to be changed. */
    char[] of(int token) {
        return texts[token];
    }

    /** Returns whether no two sequences of tokens read alike, but for separators. */
    boolean areSingleCharacters() {
        return singleCharacters;
    }

    /** Returns whether the text of a token is more than spaces. */
    boolean isWithinWord(int token) {
        for (char character : texts[token]) {
            if (character != ' ') {
                return true;
            }
        }
        return false;
    }

    /** Returns whether words follow each other with nothing between them. */
    boolean joinWords() {
        return joinedWords;
    }

    /** Returns whether words need not be written as they are spelled. */
    boolean areCodes() {
        return !writtenWords.isEmpty();
    }

    /** Returns the word of a spelling in codes, or the spelling itself where it is no word's. */
    String written(String spelling) {
        return writtenWords.getOrDefault(spelling, spelling);
    }

    /** Returns the words of a sequence of tokens, as they are written. */
    List<String> words(int[] ids) {
        List<String> words = new ArrayList<>();
        StringBuilder spelling = new StringBuilder();
        StringBuilder reading = new StringBuilder();
        for (int id : ids) {
            boolean isRead = false;
            for (char character : texts[id]) {
                if (character == ' ') {
                    addWord(spelling, reading, words);
                    continue;
                }
                spelling.append(character);
                if (areCodes() && !isRead) {
                    reading.append(letters[id]);
                    isRead = true;
                }
            }
        }
        addWord(spelling, reading, words);
        return words;
    }

    /** Ends a word; a beginning of a word is written as its tokens read. */
    private void addWord(StringBuilder spelling, StringBuilder reading, List<String> words) {
        if (!spelling.isEmpty()) {
            String word = spelling.toString();
            words.add(areCodes() ? writtenWords.getOrDefault(word, reading.toString()) : word);
        }
        spelling.setLength(0);
        reading.setLength(0);
    }

    /** Joins two parts of a text, between which words end. */
    String join(String one, String other) {
        String between = joinedWords || one.isEmpty() || other.isEmpty() ? "" : " ";
        return one + between + other;
    }

    /** Returns how many words a token can end, where a word has begun before it or not. */
    int mostWordEnds(boolean begunBefore) {
        int most = 0;
        for (char[] text : texts) {
            int ends = 0;
            boolean begun = begunBefore;
            for (char character : text) {
                ends += begun && character == ' ' ? 1 : 0;
                begun = character != ' ';
            }
            most = Math.max(most, ends);
        }
        return most;
    }

    /** Returns how many characters a token adds to words. */
    int length(int token) {
        return lengths[token];
    }

    /** Returns the most characters that a token adds to words. */
    int greatestLength() {
        return Arrays.stream(lengths).max().orElseThrow();
    }

    /** Returns the most {@code char}s that a token adds. */
    int longest() {
        return Arrays.stream(texts).mapToInt(text -> text.length).max().orElseThrow();
    }
}
