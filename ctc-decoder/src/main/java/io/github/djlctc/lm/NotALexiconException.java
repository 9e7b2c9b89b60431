package io.github.djlctc.lm;

import java.nio.file.Path;

/** Thrown if a language model is given where a lexicon is expected. */
public final class NotALexiconException extends LanguageModelFormatException {

    private static final long serialVersionUID = 1L;

    NotALexiconException(Path file, long line, String kind) {
        super(
                file,
                line,
                "this is a language model ("
                        + kind
                        + "), not a list of words; give it as the language model, whose words can"
                        + " be the lexicon");
    }
}
