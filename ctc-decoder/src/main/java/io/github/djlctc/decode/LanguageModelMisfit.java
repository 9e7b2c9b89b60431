package io.github.djlctc.decode;

/** The reason why a language model does not fit a CTC model. */
public enum LanguageModelMisfit {
    /** Its words could be spelled if all letters were upper case. */
    NEEDS_UPPER_CASE,
    /** Its words could be spelled if all letters were lower case. */
    NEEDS_LOWER_CASE,
    /** Its entries are tokens of the CTC model, but words are expected. */
    HAS_TOKENS,
    /** Many of its entries have the marks of subwords, and are no tokens of the CTC model. */
    HAS_OTHER_SUBWORDS,
    /** Its entries are words, but tokens of the CTC model are expected. */
    HAS_WORDS,
    /**
     * Its entries are single characters that stand for token ids, from U+0064 on, as NeMo's scripts
     * for models of subwords write them.
     */
    HAS_OFFSET_IDS,
    /** Its entries are of another alphabet or script, or spelled otherwise. */
    HAS_OTHER_CHARACTERS
}
