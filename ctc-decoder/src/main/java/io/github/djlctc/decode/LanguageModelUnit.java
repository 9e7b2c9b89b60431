package io.github.djlctc.decode;

/** The unit of a language model's entries. */
public enum LanguageModelUnit {
    /** Words of the text, spelled by one or more tokens of the CTC model. */
    WORD,
    /** Tokens of the CTC model, as the alphabet spells them. */
    TOKEN
}
