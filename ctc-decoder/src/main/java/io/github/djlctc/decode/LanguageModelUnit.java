package io.github.djlctc.decode;

/** What the words of a language model are. */
public enum LanguageModelUnit {
    /** Words of the text, spelled by one or more tokens of the CTC model. */
    WORD,
    /** Tokens of the CTC model, as the alphabet spells them. */
    TOKEN
}
