package io.github.djlctc.lm;

import io.github.djlctc.text.Whitespace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The words that a decoder may choose from.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Lexicon {

    private final List<String> words;

    private Lexicon(Set<String> words) {
        this.words = List.copyOf(words);
    }

    /**
     * Creates a lexicon.
     *
     * @param words the words; one that occurs again is left out
     * @return the lexicon
     * @throws IllegalArgumentException if there is no word, or one is empty or holds whitespace
     */
    public static Lexicon of(Collection<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("no words; a lexicon needs at least one");
        }
        Set<String> distinct = new LinkedHashSet<>();
        for (String word : words) {
            if (word.isEmpty()) {
                throw new IllegalArgumentException("an empty word; leave it out");
            }
            if (word.codePoints().anyMatch(Whitespace::contains)) {
                throw new IllegalArgumentException(
                        "the word \"" + word + "\" holds whitespace; give single words");
            }
            distinct.add(word);
        }
        return new Lexicon(distinct);
    }

    /**
     * Reads the words of a file: all that whitespace sets apart, so a word list and any text will
     * do.
     *
     * @param file UTF-8, plain or gzip; up to 10 million different words, of up to 65,536
     *     characters
     * @return the lexicon
     * @throws LanguageModelFormatException if the file is not UTF-8 text, holds no word, or too
     *     much
     * @throws IOException if the file cannot be read
     */
    public static Lexicon read(Path file) throws IOException {
        return new Lexicon(WordFile.read(file));
    }

    /**
     * Takes the words that a language model knows, without {@code <s>}, {@code </s>} and {@code
     * <unk>}.
     *
     * @param model the model
     * @return the lexicon
     * @throws IllegalArgumentException if the model knows no word, or one holds whitespace
     */
    public static Lexicon of(LanguageModel model) {
        return of(model.words());
    }

    /**
     * Returns the words.
     *
     * @return an immutable list without repetitions
     */
    public List<String> words() {
        return words;
    }
}
