package io.github.djlctc.lm;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How a word of a lexicon is spelled, which need not be by its letters.
 *
 * @param word the word as it is written
 * @param tokens the tokens of a CTC model's alphabet, in order; a word delimiter may end them
 * @param line the number of the line that it was read from, or 0 if it is of no file
 * @serial exclude
 */
public record Spelling(String word, List<String> tokens, long line) implements Serializable {

    private static final Set<String> DELIMITERS = Set.of("|", "<space>");

    /**
     * Copies the tokens.
     *
     * @param word the word as it is written
     * @param tokens the tokens in order
     * @param line the number of its line, or 0
     */
    public Spelling {
        Objects.requireNonNull(word, "word");
        Objects.requireNonNull(tokens, "tokens");
        tokens = List.copyOf(tokens);
    }

    /** Returns the tokens without a word delimiter, by its usual names, at their end. */
    List<String> withoutDelimiter() {
        int last = tokens.size() - 1;
        return last > 0 && DELIMITERS.contains(tokens.get(last)) ? tokens.subList(0, last) : tokens;
    }
}
