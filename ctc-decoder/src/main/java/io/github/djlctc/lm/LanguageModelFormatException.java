package io.github.djlctc.lm;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown if a file is not a language model, or not a list of words, that can be read. */
public sealed class LanguageModelFormatException extends IOException permits NotALexiconException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception of a whole file.
     *
     * @param file the file
     * @param problem what is wrong, and what would be right
     */
    public LanguageModelFormatException(Path file, String problem) {
        super(file + ": " + problem);
    }

    /**
     * Creates the exception of a line.
     *
     * @param file the file
     * @param line the number of the line, from 1
     * @param problem what is wrong, and what would be right
     */
    public LanguageModelFormatException(Path file, long line, String problem) {
        super(file + ", line " + line + ": " + problem);
    }
}
