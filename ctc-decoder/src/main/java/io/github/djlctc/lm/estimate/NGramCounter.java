package io.github.djlctc.lm.estimate;

import io.github.djlctc.lm.ReservedWords;
import io.github.djlctc.lm.WordSeparators;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts all n-grams of a text up to an order, sentence by sentence.
 *
 * <p>Every sentence is preceded by one {@code <s>}, which is not counted itself, and followed by
 * {@code </s>}. As in KenLM's lmplz, words are separated by space, tab, carriage return and NUL,
 * and sentences by line feed.
 */
final class NGramCounter {

    static final int SENTENCE_START = 1;
    static final int SENTENCE_END = 2;

    /** Far above the length of any word, so a file with longer ones is not text. */
    static final int MAX_WORD_LENGTH = 1 << 16;

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    /** The n-grams of each order, by order - 1. */
    private final NGramTable[] tables;

    /** The id of the n-gram that ends at the latest word, by order - 1. */
    private final int[] latest;

    /** The number of orders that have an n-gram at the latest word. */
    private int latestOrders;

    private final StringBuilder word = new StringBuilder();
    private boolean withinLine;
    private int counted;

    NGramCounter(int order) {
        tables = new NGramTable[order];
        for (int i = 0; i < order; i++) {
            tables[i] = new NGramTable();
        }
        latest = new int[order];
        add(ReservedWords.UNKNOWN);
        add(ReservedWords.SENTENCE_START);
        add(ReservedWords.SENTENCE_END);
        startSentence();
    }

    /**
     * Takes the next character of the text.
     *
     * @throws IllegalArgumentException if a word ends here that cannot be counted
     */
    void accept(char character) {
        if (character == '\n') {
            endLine();
            return;
        }
        withinLine = true;
        if (WordSeparators.contains(character)) {
            endWord();
            return;
        }
        if (word.length() == MAX_WORD_LENGTH) {
            throw new IllegalArgumentException(
                    "a word is longer than "
                            + MAX_WORD_LENGTH
                            + " characters; set words apart by spaces");
        }
        word.append(character);
    }

    /** Ends the text, and the last line if it has no line feed. */
    void finish() {
        if (withinLine) {
            endLine();
        }
        for (NGramTable table : tables) {
            table.freeze();
        }
        ids.clear();
    }

    /** Returns whether the text has no word; it may have empty lines. */
    boolean isEmpty() {
        return words.size() == SENTENCE_END + 1;
    }

    /** Returns the words in the order of their ids, which are also the ids of the 1-grams. */
    List<String> words() {
        return words;
    }

    int order() {
        return tables.length;
    }

    NGramTable table(int order) {
        return tables[order - 1];
    }

    /** Returns the first word of an n-gram. */
    int firstWord(int order, int id) {
        int ngram = id;
        for (int n = order; n > 1; n--) {
            ngram = table(n).context(ngram);
        }
        return ngram;
    }

    private void endLine() {
        endWord();
        count(SENTENCE_END);
        startSentence();
        withinLine = false;
    }

    private void endWord() {
        if (word.length() == 0) {
            return;
        }
        String ended = word.toString();
        word.setLength(0);
        if (ReservedWords.contains(ended)) {
            throw new IllegalArgumentException(
                    "the word " + ended + " is reserved; remove it or spell it otherwise");
        }
        Integer known = ids.get(ended);
        count(known == null ? add(ended) : known);
    }

    private int add(String added) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(added)) {
            throw new IllegalArgumentException(
                    "a word holds half of a surrogate pair: \"" + added + '"');
        }
        int id = tables[0].find(0, words.size(), 0);
        words.add(added);
        ids.put(added, id);
        return id;
    }

    private void startSentence() {
        latest[0] = SENTENCE_START;
        latestOrders = 1;
    }

    private void count(int wordId) {
        if (counted == Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the text has more than " + counted + " words and sentences; use a part of it");
        }
        counted++;
        int orders = Math.min(tables.length, latestOrders + 1);
        int context = 0;
        int suffix = 0;
        for (int i = 0; i < orders; i++) {
            int id = tables[i].find(context, wordId, suffix);
            tables[i].increment(id);
            context = latest[i];
            latest[i] = id;
            suffix = id;
        }
        latestOrders = orders;
    }
}
