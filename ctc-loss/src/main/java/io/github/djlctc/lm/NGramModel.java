package io.github.djlctc.lm;

import java.io.IOException;
import java.nio.file.Path;

/** A back-off n-gram model. */
public abstract class NGramModel implements LanguageModel {

    /**
     * Reads a model: an ARPA file, plain or gzip, or a KenLM binary of the probing or trie kind.
     *
     * @param file the file
     * @return the model
     * @throws LanguageModelFormatException if the file is none of these, or damaged
     * @throws IOException if the file cannot be read
     */
    public static NGramModel read(Path file) throws IOException {
        return null;
    }

    /**
     * Returns the length of the longest n-grams.
     *
     * @return the order, 1 or more
     */
    public abstract int order();

    /**
     * Finds a word's id.
     *
     * @param word the word as the model spells it
     * @return its id, {@link #unknownWord()} if the model lacks it
     */
    public abstract int wordId(String word);
}
