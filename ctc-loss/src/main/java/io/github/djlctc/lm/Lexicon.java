package io.github.djlctc.lm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The words that a decoder may choose from.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Lexicon {

    private final List<String> words;

    private Lexicon(Collection<String> words) {
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
        return new Lexicon(words);
    }

    /**
     * Reads the words of a file: all that whitespace sets apart, so a word list and any text will
     * do.
     *
     * @param file UTF-8, plain or gzip
     * @return the lexicon
     * @throws LanguageModelFormatException if the file is not UTF-8 text, or holds no word
     * @throws IOException if the file cannot be read
     */
    public static Lexicon read(Path file) throws IOException {
        return null;
    }

    /**
     * Takes the words that a language model knows, without {@code <s>}, {@code </s>} and {@code
     * <unk>}.
     *
     * @param model the model
     * @return the lexicon
     */
    public static Lexicon of(LanguageModel model) {
        return of(model.vocabulary());
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
